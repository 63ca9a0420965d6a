// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Texts } from '../ui/language';
import en from './prose.en.json';
import nl from './prose.nl.json';
import type { ProsePart } from './prose';

interface Words { title: string; lead: string; parts: ProsePart[] }
interface Prose {
  home: string;
  how: Words;
  privacy: Words;
  accessibility: Words & { owner: string; no_owner: string; contact: string; no_contact: string };
  glossary: { title: string; lead: string; other: string; terms: { term: string; other: string; meaning: string }[] };
}

export const prose: Texts<Prose> = { nl, en };
