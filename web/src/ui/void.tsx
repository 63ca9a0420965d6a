// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useTexts } from './language';
import { texts } from './texts';

/** What stands where a number would be. Each is a value of its own, never 0 and never an empty cell. */
export type VoidKind = 'not_printed' | 'unknown' | 'not_evaluated' | 'withheld' | 'blank';
const classes = {
  not_printed: 'noprint', unknown: 'unknown', not_evaluated: 'noeval', withheld: 'hidden',
} as const;

export function NotANumber({ kind }: { kind: VoidKind }) {
  const words = useTexts(texts).void;
  if (kind === 'blank')
    return <span className="bp-blank"><span aria-hidden="true">·</span><span className="bp-vh">{words.blank}</span></span>;
  return <span className={`bp-void bp-void--${classes[kind]}`}><i aria-hidden="true" />{words[kind]}</span>;
}
