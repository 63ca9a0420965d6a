// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';
import { ClashMark, Icon } from './icons';
import { fill, useTexts } from './language';
import { texts } from './texts';

/** ≠ and words: does not add up. */
export function Clash({ children }: { children: ReactNode }) {
  return <span className="bp-clash"><ClashMark />{children}</span>;
}

/** A tick and words: adds up. */
export function AddsUp({ children }: { children: ReactNode }) {
  return <span className="bp-okay"><Icon name="check" />{children}</span>;
}

/** A cell whose printed value cannot be right: the printed number stays, what it must be stands under it. */
export function ClashCell({ printed, shouldBe }: { printed: ReactNode; shouldBe: ReactNode }) {
  const words = useTexts(texts).clash;
  const [before, after] = split(words.should_be);
  return (
    <span className="bp-cell2">
      <span className="bp-clash"><ClashMark /><span className="bp-vh">{words.words} </span>{printed}</span>
      <small>{before}<b>{shouldBe}</b>{after}</small>
    </span>
  );
}

/** A total that does not follow from its parts. */
export function OffCell({ printed, recomputed }: { printed: ReactNode; recomputed: ReactNode }) {
  const [before, after] = split(useTexts(texts).clash.recomputed);
  return <span className="bp-cell2">{printed}<small>{before}<b>{recomputed}</b>{after}</small></span>;
}

const split = (text: string): [string, string] => {
  const [before = '', after = ''] = text.split('{value}');
  return [before, after];
};

/** Printed (serif) ≠ recomputed (sans). */
export function Inequality({ printed, recomputed, words }: { printed: ReactNode; recomputed: ReactNode; words: string }) {
  return (
    <p className="bp-eq">
      <span className="bp-doc">{printed}</span><ClashMark /><span className="bp-vh"> {words} </span><b>{recomputed}</b>
    </p>
  );
}

/** Four small blocks and a word: how sure it is that this number belongs here. */
export function Certainty({ blocks, children }: { blocks: 0 | 1 | 2 | 3 | 4; children: ReactNode }) {
  const words = useTexts(texts);
  return (
    <>
      <span className="bp-conf" role="img" aria-label={fill(words.certainty, { blocks })}>
        {[1, 2, 3, 4].map((at) => <i key={at} className={at <= blocks ? 'on' : undefined} />)}
      </span>
      {children}
    </>
  );
}

/** Five upright blocks: the evidence level. Not evaluated: all five hatched, bold words, same size. */
export function EvidenceLevel({ level, children }: { level: 1 | 2 | 3 | 4 | 5 | null; children: ReactNode }) {
  return (
    <span className="bp-level">
      <svg viewBox="0 0 54 18" aria-hidden="true">
        {[0, 1, 2, 3, 4].map((at) => (
          <rect key={at} x={1 + at * 10.6} y="1" width="8.6" height="16" rx="1"
            className={level === null ? 'bp-lv-none' : at < level ? 'bp-lv-on' : 'bp-lv-off'} />
        ))}
      </svg>
      <span>{level === null ? <b className="bp-uncertain">{children}</b> : children}</span>
    </span>
  );
}
