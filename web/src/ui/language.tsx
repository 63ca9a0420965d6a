// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { createContext, Fragment, type ReactNode, useContext } from 'react';

/** The two languages of the pages. Dutch stands at `/…`, English at `/en/…`; see docs/decisions/0041. */
export type Language = 'nl' | 'en';

const LanguageContext = createContext<Language>('nl');
export const LanguageProvider = LanguageContext.Provider;
export const useLanguage = (): Language => useContext(LanguageContext);

/** The Dutch and English texts of one folder. The English file must have the keys of the Dutch one. */
export type Texts<T> = { nl: T; en: T };

/** The texts of a folder in the language of the page. */
export function useTexts<T>(texts: Texts<T>): T {
  return texts[useLanguage()];
}

/** Something that was named in two languages. */
export interface Bilingual { nl: string; en: string }

/** Puts values in the {names} of a text. A name without a value stays visible, so that a test finds it. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A text whose {names} are elements: a number with its source, a link. */
export function Rich({ text, values }: { text: string; values: Record<string, ReactNode> }) {
  return text.split(/(\{\w+\})/).map((part, index) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return <Fragment key={index}>{name === undefined ? part : values[name] ?? part}</Fragment>;
  });
}
