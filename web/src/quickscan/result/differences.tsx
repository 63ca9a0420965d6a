// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react';
import { Link, LinkButton } from '../../ui/elements';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Section } from '../../ui/page';
import { DotLegend, Dots, type TileValue } from '../../ui/tiles';
import { type Comparison, countOf, domains, type ScanResult, shapeOf, values } from '../api';
import { texts as shared } from '../texts';
import { texts } from './texts';

const atFirst = 4;

/** Where people answered differently before the conversation, with the outcome beside it. */
export function Differences({ result, comparison }: { result: ScanResult; comparison: Comparison }) {
  const words = useTexts(texts);
  const common = useTexts(shared);
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const differing = comparison.questions.filter(({ differs, answered }) => differs && answered > 0)
    .sort((a, b) => Number(b.domainsDiffer) - Number(a.domainsDiffer))
    .flatMap((compared) => {
      const question = result.questions.find((one) => one.question === compared.question);
      return question && values.some((value) => countOf(compared.distribution, value) > 0) ? [{ compared, question }] : [];
    });
  if (differing.length === 0) return null;
  // On paper nothing can be asked for: there they all stand.
  const shown = differing.map((one, at) => ({ ...one, later: !all && at >= atFirst }));
  const used = domains.filter((domain) => shown.some(({ compared }) => !compared.domainsWithheld && compared.domains.some((one) => one.domain === domain)));
  return (
    <Section title={words.split_title} lead={words.split_lead}>
      {used.length > 0 && <DotLegend items={used.map((domain) => ({ shape: shapeOf(domain), text: common.domain[domain] }))} />}
      {shown.map(({ compared, question, later }) => {
        const apart = !compared.domainsWithheld && compared.domains.length > 0;
        const parts = apart ? compared.domains.map((one) => ({ key: one.domain, name: common.domain[one.domain], shape: shapeOf(one.domain), distribution: one.distribution }))
          : [{ key: 'all', name: '', shape: 0 as const, distribution: compared.distribution }];
        const given = values.filter((value) => countOf(compared.distribution, value) > 0);
        const only = given.length === 1 ? given[0] : undefined;
        const label = parts.map(({ name, distribution }) => [name, values.filter((value) => countOf(distribution, value) > 0)
          .map((value) => `${countOf(distribution, value)} ${common.value[value]}`).join(', ')].filter(Boolean).join(': ')).join('; ');
        return (
          <div className={later ? 'bp-onpaper' : undefined} key={compared.question}><div className="bp-split">
            <div>
              <p><Link to={`/scans/${result.scanId}/samen/${question.number}`}><b>{question.number}. {question.text[language]}</b></Link></p>
              <p className="bp-small">{only && `${fill(words.split_parts, { value: common.value[only] })} `}{question.reason} <b>{fill(words.split_together, { value: common.value[question.value ?? 'none'] })}</b></p>
            </div>
            <Dots label={label} words={common.value} groups={parts.map(({ key, shape, distribution }) => ({
              key, shape, counts: Object.fromEntries(values.map((value) => [value, countOf(distribution, value)])) as Partial<Record<TileValue, number>>,
            }))} />
          </div></div>
        );
      })}
      {differing.length > atFirst && !all && (
        <p className="bp-gap2"><LinkButton onClick={() => setAll(true)}>{differing.length - atFirst === 1 ? words.split_more_one : fill(words.split_more, { count: differing.length - atFirst })}</LinkButton></p>
      )}
    </Section>
  );
}
