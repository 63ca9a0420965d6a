// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode, useId } from 'react';
import { Clash, AddsUp } from './clash';
import { ClashMark } from './icons';
import { Heading, type Level } from './elements';

interface CaseLine { label: string; printed: ReactNode; corrected: ReactNode; lit?: boolean }

export interface CaseSum {
  title: string;
  unit: string;
  printed: string;
  corrected: string;
  rows: CaseLine[];
  recomputed: CaseLine;
  total: CaseLine;
  difference: CaseLine;
}

/** The detective's case: the explanation as a heading, the sums side by side, what else was tried, what it means. */
export function DetectiveCase({ title, intro, level = 2, sums, children }: {
  title: string; intro: ReactNode; level?: Level; sums: CaseSum[]; children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="bp-case" aria-labelledby={id}>
      <div className="bp-case__head">
        <ClashMark />
        <div><Heading level={level} id={id}>{title}</Heading><div>{intro}</div></div>
      </div>
      {sums.length > 0 && (
        <div className={sums.length === 1 ? 'bp-sums bp-sums--one' : 'bp-sums'}>
          {sums.map((sum) => <Sum key={sum.title} sum={sum} level={level} />)}
        </div>
      )}
      <div className="bp-case__foot">{children}</div>
    </section>
  );
}

function Sum({ sum, level }: { sum: CaseSum; level: Level }) {
  return (
    <div className="bp-sum">
      <Heading level={Math.min(level + 1, 4) as Level}>{sum.title}</Heading>
      <table>
        <thead><tr><th scope="col">{sum.unit}</th><th scope="col">{sum.printed}</th><th scope="col">{sum.corrected}</th></tr></thead>
        <tbody>
          {sum.rows.map((row) => (
            <tr key={row.label} className={row.lit ? 'is-lit' : undefined}>
              <th scope="row">{row.label}</th><td>{row.printed}</td><td>{row.corrected}</td>
            </tr>
          ))}
          <tr className="is-sum"><th scope="row">{sum.recomputed.label}</th><td>{sum.recomputed.printed}</td><td>{sum.recomputed.corrected}</td></tr>
          <tr><th scope="row">{sum.total.label}</th><td>{sum.total.printed}</td><td>{sum.total.corrected}</td></tr>
          <tr>
            <th scope="row">{sum.difference.label}</th>
            <td><Clash>{sum.difference.printed}</Clash></td><td><AddsUp>{sum.difference.corrected}</AddsUp></td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
