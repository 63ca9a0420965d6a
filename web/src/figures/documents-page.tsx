// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { Heading, Link, Paragraph } from '../ui/elements';
import { formatNumber } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Card, Facts } from '../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../ui/page';
import { Tag, Tags } from '../ui/tags';
import { texts } from './texts';

/** The documents that every figure comes from, with what is known of them and what is not. */
export default function DocumentsPage() {
  const language = useLanguage();
  const site = useTexts(texts);
  const words = site.documents_page;
  const { data, problem, reload } = useResource('/api/v1/documents');
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return (
    <Page title={words.title} tab={words.tab} lead={words.lead} here={words.here}
      trail={[{ title: site.figures_page.here, to: '/cijfers' }]}>
      <Section>
        <Grid>
          <Columns span={8}>
            {data.items.map((document) => (
              <article key={document.id} className="bp-document">
                <Heading level={2} className="bp-h3b">{document.title[language]}</Heading>
                <Tags>{[
                  document.number && <Tag key="n" kind="fact">{document.number}</Tag>,
                  !document.checked && <Tag key="c" kind="warn">{words.unchecked}</Tag>,
                ]}</Tags>
                <Facts items={([
                  [words.publisher, document.publisher[language]],
                  [words.date, document.date[language]],
                  [words.concerns, document.concerns[language]],
                  [words.lines, document.lines === undefined ? '' : fill(words.lines_value, { lines: formatNumber(document.lines, language) })],
                  [words.sha256, document.sha256 && <code key="sha" className="bp-break bp-tiny">{document.sha256}</code>],
                ] as [string, React.ReactNode][]).filter(([, value]) => value !== '')} />
                {document.note[language] && <Paragraph className="bp-small bp-gap">{document.note[language]}</Paragraph>}
                <ul className="bp-inline bp-gap">
                  <li><Link to={`/cijfers?document=${document.id}`}>{words.figures}<span className="bp-vh">: {document.title[language]}</span></Link></li>
                  <li><Link to={`/kloppen-de-cijfers?document=${document.id}`}>{words.findings}<span className="bp-vh">: {document.title[language]}</span></Link></li>
                </ul>
              </article>
            ))}
          </Columns>
          <Columns span={4}>
            <Card title={words.how_title} level={2}><Paragraph className="bp-small">{words.how}</Paragraph></Card>
          </Columns>
        </Grid>
      </Section>
    </Page>
  );
}
