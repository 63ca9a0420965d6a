// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useLanguage } from '../ui/language';
import { SourceNumber } from '../ui/number';
import type { Check } from './show';

/** What the key of a check begins with where the key of a figure can stand. */
export const checkPrefix = 'controle~';

/** A number that came out of a recomputation: it leads to the sum, and from there to every number in it. */
export function CheckNumber({ check, children }: { check: Check | undefined; children: string }) {
  const language = useLanguage();
  if (!check || children === '') return children;
  return <SourceNumber source={checkPrefix + check.key} computed name={check.title[language]}>{children}</SourceNumber>;
}
