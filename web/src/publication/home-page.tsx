// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { useSession } from '../app/session';
import { amount, byKey, FigureNumber } from '../figures/show';
import { Clash, Inequality } from '../ui/clash';
import { ButtonLink, Heading, Link, Paragraph } from '../ui/elements';
import { formatEuro, formatNumber } from '../ui/format';
import { Icon } from '../ui/icons';
import { fill, Rich, useLanguage, useTexts } from '../ui/language';
import { Note } from '../ui/notes';
import { SourceNumber } from '../ui/number';
import { Columns, Grid, Loading, Section, useDocumentTitle } from '../ui/page';
import { SourceSlip } from '../ui/slip';
import { ClustersChart, KnowledgeChart, LeadApplicantsMap, type Overview, ProjectsChart, ReachChart } from './charts';
import { texts } from './texts';
import { WorkList } from './work-list';

/** Home: what this is, the national picture in four honest charts, whether it works, and whether the numbers add up. */
export default function HomePage() {
  const words = useTexts(texts).home;
  useDocumentTitle(words.tab);
  const { session } = useSession();
  const overview = useResource('/api/v1/clusters');
  if (overview.problem) return <ProblemPage problem={overview.problem} onRetry={overview.reload} />;
  if (!overview.data) return <Loading />;
  return (
    <>
      {session && <WorkList session={session} />}
      <Hero overview={overview.data} />
      <div className="bp-wrap">
        <Doors />
        <Section>
          <Heading level={2}>{words.picture}</Heading>
          <p className="bp-lead bp-soft">{words.picture_lead}</p>
          <Grid>
            <Columns span={6}><ClustersChart overview={overview.data} /></Columns>
            <Columns span={6}><Reach /></Columns>
            <Columns span={6}><Knowledge /></Columns>
            <Columns span={6}><Applicants /></Columns>
          </Grid>
        </Section>
        <Section>
          <Heading level={2}>{words.works}</Heading>
          <p className="bp-lead bp-soft">{words.works_lead}</p>
          <Grid>
            <Columns span={8}><Projects /></Columns>
            <Columns span={4}>
              <Note kind="unknown" title={words.careful}>
                {words.careful_text} <Link to="/kloppen-de-cijfers#I23">{words.read_finding}</Link>
              </Note>
            </Columns>
          </Grid>
        </Section>
        <div className="bp-page"><AddUp overview={overview.data} /></div>
      </div>
    </>
  );
}

function Hero({ overview }: { overview: Overview }) {
  const language = useLanguage();
  const words = useTexts(texts).home;
  const charts = useTexts(texts).clusters_chart;
  const figures = byKey(overview.figures);
  const total = (year: string) => overview.totals.find((line) => line.year === year);
  const euro = (key: string | undefined) => formatEuro(amount(figures.get(key ?? '')) ?? 0, language);
  const both = total('2020-2021');
  const granted = euro(both?.granted);
  const lines = overview.clusters.map((cluster) => ({
    cluster, keys: ['2020', '2021'].map((year) => cluster.lines.find((line) => line.year === year && line.part === 'total')?.granted),
  })).sort((a, b) => (amount(figures.get(b.keys[0] ?? '')) ?? 0) - (amount(figures.get(a.keys[0] ?? '')) ?? 0));
  const spot = figures.get(lines.find(({ cluster }) => cluster.key === 'prevention')?.keys[0] ?? '');
  return (
    <section className="bp-hero">
      <div className="bp-wrap bp-hero__grid">
        <div>
          <Heading level={1}>
            <Rich text={words.title} values={{
              granted: <FigureNumber figure={figures.get(both?.granted ?? '')} />,
              activities: <FigureNumber figure={figures.get(both?.activities ?? '')} />,
            }} />
          </Heading>
          <Paragraph className="bp-lead">{words.lead}</Paragraph>
          <div className="bp-actions">
            <ButtonLink to="/versterkingsgelden" purpose="primary">{words.to_money}</ButtonLink>
            <ButtonLink to="/kloppen-de-cijfers" purpose="subtle">{words.to_findings}</ButtonLink>
          </div>
        </div>
        <SourceSlip thread title={fill(words.slip_title, { granted })} columns={[words.slip_granted, '2020', '2021']}
          rows={lines.map(({ cluster, keys }) => ({
            key: cluster.key, lit: cluster.key === 'prevention',
            label: charts.short[cluster.key as keyof typeof charts.short] ?? cluster.name[language],
            cells: keys.map((key, at) => ({ text: <FigureNumber figure={figures.get(key ?? '')} plain />, spot: cluster.key === 'prevention' && at === 0 })),
          }))}
          total={{ key: 'total', label: words.slip_total, cells: ['2020', '2021'].map((year) => ({ text: <FigureNumber figure={figures.get(total(year)?.granted ?? '')} plain /> })) }}
          foot={<>{fill(words.slip_foot, { line: spot?.line ?? '' })}<Link to="/versterkingsgelden">{words.slip_link}</Link></>} />
      </div>
    </section>
  );
}

function Doors() {
  const words = useTexts(texts).home;
  const doors = [
    { to: '/cijfers', title: words.door_figure, text: words.door_figure_text },
    { to: '/versterkingsgelden', title: words.door_cluster, text: words.door_cluster_text },
    { to: '/tabel-nakijken', title: words.door_check, text: words.door_check_text },
  ];
  return (
    <nav className="bp-doors" aria-label={words.doors}>
      {doors.map(({ to, title, text }) => (
        <Link key={to} to={to} className="bp-door"><b>{title} <Icon name="next" /></b><span>{text}</span></Link>
      ))}
    </nav>
  );
}

function Reach() {
  const words = useTexts(texts).home;
  const reach = useResource('/api/v1/tables/{key}', { path: { key: 'reach' } });
  const computed = useComputed();
  if (!reach.data || !computed) return null;
  return (
    <>
      <ReachChart reach={reach.data} computed={computed} />
      <div className="bp-screen">
        <Note kind="clash"><Clash>{words.reach_clash}</Clash> {words.reach_clash_text} <Link to="/kloppen-de-cijfers#I15">{words.see_finding}</Link></Note>
      </div>
    </>
  );
}

function Knowledge() {
  const knowledge = useResource('/api/v1/tables/{key}', { path: { key: 'survey-knowledge' } });
  return knowledge.data ? <KnowledgeChart knowledge={knowledge.data} /> : null;
}

function Applicants() {
  const applicants = useResource('/api/v1/tables/{key}', { path: { key: 'lead-applicants-2019' } });
  return applicants.data ? <LeadApplicantsMap applicants={applicants.data} /> : null;
}

function Projects() {
  const counts = useResource('/api/v1/tables/{key}', { path: { key: 'review-counts' } });
  const computed = useComputed();
  return counts.data && computed ? <ProjectsChart figures={byKey(counts.data.figures, [...computed.values()])} /> : null;
}

/** Every figure that is computed by a rule, by key. */
export function useComputed() {
  const computed = useResource('/api/v1/figures', { query: { source: 'computed', limit: 500 } });
  return computed.data && byKey(computed.data.items);
}

/** Three findings as printed ≠ recomputed. The numbers come from the figures and the checks themselves. */
function AddUp({ overview }: { overview: Overview }) {
  const language = useLanguage();
  const words = useTexts(texts).home;
  const reallocations = useResource('/api/v1/tables/{key}', { path: { key: 'reallocations' } });
  const trainings = useResource('/api/v1/tables/{key}', { path: { key: 'trainings' } });
  const computed = useComputed();
  const figures = byKey(overview.figures, reallocations.data?.figures, trainings.data?.figures, [...(computed?.values() ?? [])]);
  const lost = figures.get('reallocations~other-programme~2008');
  const printedSum = figures.get('trainings~total~participants');
  const ourSum = figures.get('total~trainings~participants');
  const budget = figures.get(overview.budget);
  const granted = figures.get(overview.totals.find((line) => line.year === '2020')?.granted ?? '');
  const million = (value: number, decimals: number) => fill(words.million, { value: formatNumber(value / 1_000_000, language, decimals) });
  return (
    <Section>
      <Heading level={2}>{words.check}</Heading>
      <p className="bp-lead bp-soft">{words.check_lead}</p>
      <div className="bp-find">
        {lost && (
          <article>
            <Inequality words={words.unequal} printed={<FigureNumber figure={lost} text={lost.printed} />}
              recomputed={<SourceNumber source={lost.key} computed name={lost.label[language]}>{formatNumber(lost.corrected ?? 0, language, 2)}</SourceNumber>} />
            <Heading level={3}>{words.finding_sign}</Heading>
            <Paragraph className="bp-small">{words.finding_sign_text} <Link to="/actieplan-2007-2011/geld">{words.finding_sign_link}</Link></Paragraph>
          </article>
        )}
        {printedSum && ourSum && (
          <article>
            <Inequality words={words.unequal} printed={<FigureNumber figure={printedSum} text={printedSum.printed} />}
              recomputed={<FigureNumber figure={ourSum} />} />
            <Heading level={3}>{words.finding_sum}</Heading>
            <Paragraph className="bp-small">{words.finding_sum_text} <Link to="/kloppen-de-cijfers#I4">{words.finding_sum_link}</Link></Paragraph>
          </article>
        )}
        {budget && granted && (
          <article>
            <Inequality words={words.unequal} printed={<FigureNumber figure={budget} text={budget.printed} />}
              recomputed={<FigureNumber figure={granted} text={million(amount(granted) ?? 0, 2)} />} />
            <Heading level={3}>{words.finding_budget}</Heading>
            <Paragraph className="bp-small">{words.finding_budget_text} <Link to="/kloppen-de-cijfers#I26">{words.finding_budget_link}</Link></Paragraph>
          </article>
        )}
      </div>
      <p className="bp-gap"><Link to="/kloppen-de-cijfers">{words.all_findings}</Link></p>
    </Section>
  );
}
