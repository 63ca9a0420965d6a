// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { FieldsetHTMLAttributes } from 'react';
import './question.css';

/** How much of something is done, beside words that say the same. */
export function Bar({ part, of }: { part: number; of: number }) {
  const width = of <= 0 ? 0 : Math.min(100, (100 * part) / of);
  return (
    <div className="bp-bar" aria-hidden="true">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none">{width > 0 && <rect width={width} height="10" className="f1" />}</svg>
    </div>
  );
}

export interface CardOption {
  value: string;
  label: string;
  text?: string | undefined;
  /** Dashed: just as easy to choose, but of another kind. */
  quiet?: boolean;
}

/** Answers as cards: the solid ones first, then the dashed ones, all of the same size. One or several can be chosen. */
export function AnswerCards({ legend, name, options, chosen, onChoose, many = false, list = false, ...rest }: {
  legend: string; name: string; options: CardOption[]; chosen: readonly string[]; onChoose: (value: string) => void;
  many?: boolean;
  /** Under each other: choices of a survey. */
  list?: boolean;
} & FieldsetHTMLAttributes<HTMLFieldSetElement>) {
  const rows = [options.filter(({ quiet }) => !quiet), options.filter(({ quiet }) => quiet)].filter((row) => row.length > 0);
  return (
    <fieldset className="bp-scale" {...rest}>
      <legend>{legend}</legend>
      {rows.map((row, at) => (
        <div key={at} className={list ? 'bp-scale__row bp-scale__row--list' : 'bp-scale__row'}>
          {row.map(({ value, label, text, quiet }) => (
            <label key={value} className={quiet ? 'bp-choice bp-choice--quiet' : 'bp-choice'}>
              <input type={many ? 'checkbox' : 'radio'} name={name} value={value} checked={chosen.includes(value)} onChange={() => onChoose(value)} />
              <b>{label}</b>{text && <span>{text}</span>}
            </label>
          ))}
        </div>
      ))}
    </fieldset>
  );
}

export interface TocTheme { key: string; title: string; to: string; beads: ('on' | 'open')[]; at: number | null; spoken: string }

/** The themes with a bead per question. */
export function Beads({ beads, at }: { beads: ('on' | 'open')[]; at: number | null }) {
  return (
    <span className="bp-beads" aria-hidden="true">
      {beads.map((bead, index) => <i key={index} className={`${bead === 'on' ? 'on' : ''}${index === at ? ' at' : ''}`.trim() || undefined} />)}
    </span>
  );
}

/** How far each colleague is; never what they answered. */
export function People({ items }: { items: { key: string; name: string; state: string; part: number; of: number }[] }) {
  return (
    <ul className="bp-people">
      {items.map(({ key, name, state, part, of }) => (
        <li key={key}><span>{name}</span><small>{state}</small><Bar part={part} of={of} /></li>
      ))}
    </ul>
  );
}

/** The steps of something that goes from one to the next: where it is, what was, what comes. */
export function Steps({ items, now }: { items: { key: string; title: string; text: string }[]; now: number }) {
  return (
    <ol className="bp-steps">
      {items.map(({ key, title, text }, at) => (
        <li key={key} className={at < now ? 'is-done' : at === now ? 'is-now' : undefined} aria-current={at === now ? 'step' : undefined}>
          <b>{title}</b><span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
