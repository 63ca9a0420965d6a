// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { AddsUp, Clash } from '../ui/clash';
import { Button, Heading, Link, LinkButton, Paragraph } from '../ui/elements';
import { SelectField } from '../ui/form';
import { formatNumber } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Facts, Note } from '../ui/notes';
import { Columns, Grid, Listed, Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { Tag, Tags } from '../ui/tags';
import { FindingCase } from './case';
import { PublishedTable } from './published-table';
import { documentNames, useDocumentName } from './document-names';
import { CheckNumber } from './check-number';
import { byKey, type Check, type Figure, FigureNumber, type Figures, type Finding, useLines } from './show';
import { texts } from './texts';

const severities = ['A', 'B', 'C', 'D'] as const;

/** Do the numbers add up? Every statement that was checked, by severity and document. */
export default function FindingsPage() {
  const language = useLanguage();
  const words = useTexts(texts).findings_page;
  const site = useTexts(texts);
  const names = useTexts(documentNames);
  const report = useResource('/api/v1/findings');
  const checks = useResource('/api/v1/checks');
  const [search, setSearch] = useSearchParams();
  const { hash } = useLocation();
  const loaded = report.data !== undefined;

  // A link to one finding (…#I1) works also when the findings arrive after the page.
  useEffect(() => {
    if (loaded && hash) window.document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [loaded, hash]);

  if (report.problem) return <ProblemPage problem={report.problem} onRetry={report.reload} />;
  if (!report.data) return <Loading />;

  const all = report.data.items;
  const figures = byKey(report.data.figures);
  const linked = all.find((finding) => finding.id === hash.slice(1));
  const severity = search.get('ernst') ?? '';
  const from = search.get('document') ?? '';
  const everything = search.get('toon') === 'alles' || linked?.agrees === true;
  const chosen = all.filter((finding) => (everything || !finding.agrees)
    && (severity === '' || finding.severity === severity)
    && (from === '' || finding.documents.includes(from)));
  const documents = Object.entries(names).filter(([id]) => all.some((finding) => finding.documents.includes(id)));

  return (
    <Page title={fill(words.title, { differ: report.data.notAgreeing, total: report.data.statements })} tab={words.tab}
      lead={words.lead} trail={[{ title: site.figures_page.here, to: '/cijfers' }]} here={words.here}>
      <Section>
        <Grid>
          <Columns span={8}>
            <form className={`bp-filter${severity || from || search.has('toon') ? '' : ' bp-screen'}`} onSubmit={(event) => {
              event.preventDefault();
              const form = new FormData(event.currentTarget);
              const next = new URLSearchParams();
              for (const name of ['ernst', 'document', 'toon']) {
                const value = String(form.get(name) ?? '');
                if (value !== '') next.set(name, value);
              }
              setSearch(next);
            }}>
              <SelectField label={words.severity} name="ernst" defaultValue={severity} options={[
                { value: '', text: words.any_severity },
                ...severities.map((value) => ({ value, text: `${value}: ${words.severities[value]}` })),
              ]} />
              <SelectField label={words.document} name="document" defaultValue={from} options={[
                { value: '', text: words.any_document }, ...documents.map(([value, text]) => ({ value, text })),
              ]} />
              <SelectField label={words.show} name="toon" defaultValue={everything ? 'alles' : ''} options={[
                { value: '', text: words.show_differ }, { value: 'alles', text: words.show_all },
              ]} />
              <Button type="submit">{words.submit}</Button>
            </form>
            <p className="bp-gap" role="status"><b>{chosen.length === 1 ? words.count_one : fill(words.count, { count: chosen.length })}</b></p>
          </Columns>
          <Columns span={4}>
            {checks.data && (
              <Note title={words.overview} {...(!checks.data.asKnown && { kind: 'clash' as const })} level={2}>
                {fill(checks.data.asKnown ? words.overview_text : words.overview_unexpected, {
                  checks: formatNumber(checks.data.checks, language), agree: formatNumber(checks.data.agree, language),
                  differ: formatNumber(checks.data.differ, language),
                })}
              </Note>
            )}
          </Columns>
        </Grid>
      </Section>
      {severities.filter((one) => chosen.some((finding) => finding.severity === one)).map((one) => (
        <Section key={one} title={words.group[one]}>
          <div className="bp-findings">
            {chosen.filter((finding) => finding.severity === one).map((finding) => (
              <FindingArticle key={finding.id} finding={finding} figures={figures} opened={finding.id === hash.slice(1)} />
            ))}
          </div>
        </Section>
      ))}
    </Page>
  );
}

function FindingArticle({ finding, figures, opened }: { finding: Finding; figures: Figures; opened: boolean }) {
  const language = useLanguage();
  const words = useTexts(texts).findings_page;
  const documentName = useDocumentName();
  const lines = useLines();
  const say = (text: { nl: string; en: string }) => text[language];
  const facts: [string, React.ReactNode][] = [
    // In our own words, so in our own voice; what is printed to the letter stands under it.
    [words.printed, say(finding.printed)],
    [words.recomputed, say(finding.recomputed)],
    [words.figures, finding.figures.length > 0 && <Numbers figures={finding.figures.flatMap((key) => figures.get(key) ?? [])} />],
    [words.explanation, say(finding.explanation)],
    [words.reason, say(finding.reason)],
    [words.use, say(finding.use)],
    [words.where, (
      <>
        <Listed items={finding.documents.map((id) => documentName(id))} />
        {finding.lines.length > 0 && `: ${finding.lines.map((line) => lines(line)).join(', ')}`}
      </>
    )],
  ];
  return (
    <article id={finding.id} className={`bp-finding${finding.agrees ? '' : ' bp-finding--differs'}`}>
      <Heading level={3}>
        <span className="bp-finding__id">{finding.id}</span> {say(finding.title)}
      </Heading>
      <Tags>
        {[
          finding.agrees ? <AddsUp key="ok">{words.agrees}</AddsUp> : <Clash key="no">{words.differs}</Clash>,
          <Tag key="s" kind="fact">{fill(words.severity_tag, { severity: finding.severity })}</Tag>,
        ]}
      </Tags>
      <Facts items={facts.filter(([, value]) => value !== '' && value !== false)} />
      {finding.checks.length > 0 && <Sums checks={finding.checks} figures={figures} id={finding.id} />}
      {finding.table !== '' && <FindingTable finding={finding} opened={opened} />}
      <p className="bp-tiny bp-gap"><Link to={`/kloppen-de-cijfers#${finding.id}`}>{fill(words.link, { id: finding.id })}</Link></p>
    </article>
  );
}

/** The numbers that a finding is about, each with its source. */
function Numbers({ figures }: { figures: Figure[] }) {
  const language = useLanguage();
  return (
    <ul className="bp-plain">
      {figures.map((figure) => (
        <li key={figure.key}><span className={figure.rule === '' ? 'bp-doc' : undefined}><FigureNumber figure={figure} {...printedText(figure)} /></span> <span className="bp-soft">{figure.label[language]}</span></li>
      ))}
    </ul>
  );
}

/** As it is printed, not as we would write it. */
const printedText = (figure: Figure) => (figure.rule === '' && figure.printed !== '' ? { text: figure.printed } : {});

function Sums({ checks, figures, id }: { checks: Check[]; figures: Figures; id: string }) {
  const language = useLanguage();
  const words = useTexts(texts).findings_page;
  const number = (value: number | undefined, decimals: number) => (value === undefined ? '' : formatNumber(value, language, decimals));
  const printed = (check: Check) => {
    const figure = figures.get(check.printedFigure);
    return figure && figure.rule === '' ? <span className="bp-doc"><FigureNumber figure={figure} plain {...printedText(figure)} /></span>
      : <CheckNumber check={check}>{number(check.printed, check.decimals)}</CheckNumber>;
  };
  return (
    <div className="bp-gap">
      <DataTable caption={<>{words.checks}<span className="bp-vh"> {id}</span></>} columns={words.check_columns} rows={checks.map((check) => ({
        key: check.key,
        header: <>{check.title[language]}{check.formula[language] && <small className="bp-block bp-soft">{check.formula[language]}</small>}</>,
        cells: [
          { content: printed(check) },
          { content: <CheckNumber check={check}>{number(check.recomputed, check.decimals)}</CheckNumber> },
          { content: <CheckNumber check={check}>{number(check.difference, check.decimals)}</CheckNumber> },
          { content: check.outcome === 'differs' ? <Clash>{words.outcome.differs}</Clash> : <AddsUp>{words.outcome[check.outcome]}</AddsUp> },
        ],
      }))} />
    </div>
  );
}

/** The table with the cells marked, and what the detective makes of it; fetched when it is asked for. */
function FindingTable({ finding, opened }: { finding: Finding; opened: boolean }) {
  const words = useTexts(texts).findings_page;
  const [open, setOpen] = useState(opened);
  useEffect(() => {
    if (opened) setOpen(true);
  }, [opened]);
  const table = useResource('/api/v1/tables/{key}', { path: { key: finding.table } }, open);
  return (
    <div className="bp-gap bp-stack">
      {!open && <LinkButton onClick={() => setOpen(true)}>{words.open_table}<span className="bp-vh"> {finding.id}</span></LinkButton>}
      {open && table.problem && <Paragraph>{table.problem.title}</Paragraph>}
      {open && table.data && (
        <>
          <PublishedTable table={table.data} lit={finding.figures} />
          {(finding.explanations.length > 0 || finding.checks.some((check) => check.table !== '' && check.outcome === 'differs'))
            && <FindingCase finding={finding} table={table.data} level={4} />}
        </>
      )}
    </div>
  );
}
