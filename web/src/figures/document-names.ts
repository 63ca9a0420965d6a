// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type Texts, useTexts } from '../ui/language';
import en from './document-names.en.json';
import nl from './document-names.nl.json';

// Apart from the other texts of the figures, because pages that show no figure name documents too.

/** The short names of the documents; a full title stands in the drawer and on the page of sources. */
export const documentNames: Texts<typeof nl> = { nl, en };

export const documentName = (id: string, names: Record<string, string>): string => names[id] ?? id;

export function useDocumentName(): (id: string) => string {
  const names = useTexts(documentNames);
  return (id) => documentName(id, names);
}
