// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react';
import { useParams } from 'react-router';
import { SignedIn } from '../accounts/guard';
import { type Answer, useAction, useResource } from '../app/client';
import { ProblemNotice, ProblemPage } from '../app/problem';
import { Button, ButtonLink, Heading, Link } from '../ui/elements';
import { formatDay } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Alert, Card, Empty, Facts, Note } from '../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { Tag, Tags } from '../ui/tags';
import { texts } from './texts';

type Preview = Answer<'/api/v1/scans/{id}/hand-in-preview'>;
type Offer = Preview['rounds'][number];

/** 2026, or 2026–2027 for a period over two years. */
const yearsOf = ({ periodFrom, periodTo }: Preview): string => [...new Set([periodFrom.slice(0, 4), periodTo.slice(0, 4)])].join('–');

/** The dossier holder sees exactly what leaves, hands it in, or takes it back. */
export default function HandInPage() {
  return <SignedIn permission="edit_content">{() => <Loaded />}</SignedIn>;
}

function Loaded() {
  const { id = '' } = useParams();
  const { data, problem, reload } = useResource('/api/v1/scans/{id}/hand-in-preview', { path: { id } });
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return <HandIn preview={data} />;
}

function HandIn({ preview }: { preview: Preview }) {
  const all = useTexts(texts);
  const words = all.hand_in;
  const language = useLanguage();
  const given = preview.rounds.some((round) => round.handIn?.scanId === preview.scanId);
  return (
    <Page here={words.here} title={given ? words.title_given : words.title} lead={words.lead}
      trail={[{ title: words.scans, to: '/scans' }, { title: fill(words.scan, { year: yearsOf(preview) }), to: `/scans/${preview.scanId}` }]}
      actions={preview.rounds.length > 0 && <ButtonLink href="#ronde">{given ? words.to_round_given : words.to_round}</ButtonLink>}>
      {!preview.closed && <Section><Alert kind="warning"><p>{words.not_closed} <Link to={`/scans/${preview.scanId}/samen`}>{words.settle}</Link></p></Alert></Section>}
      <section className="bp-section">
        <Grid>
          <Columns span={8} stack>
            <Card title={words.also} level={2}>
              <Facts items={[
                [words.size, preview.sizeClassLabel[language]],
                [words.region, preview.safetyRegion ? `${preview.safetyRegionName} (${preview.safetyRegion})` : words.no_region],
              ]} />
            </Card>
          </Columns>
          <Columns span={4} stack>
            <Note title={words.stays} level={2}>{words.stays_text}</Note>
          </Columns>
        </Grid>
      </section>
      <Section>
        <DataTable list caption={fill(words.leaves, { count: preview.answers.length })} columns={[words.question, words.answer]}
          rows={preview.answers.map((answer) => ({
            key: answer.item,
            header: `${answer.number}. ${answer.text[language]}${answer.choice ? ` · ${answer.choice[language]}` : ''}`,
            cells: [{ content: answer.label[language] }],
          }))} />
      </Section>
      <Section id="ronde">
        {preview.rounds.length === 0
          ? <Empty title={words.no_round}><p>{words.no_round_text}</p></Empty>
          : preview.rounds.map((offer) => <RoundOffer key={offer.id} preview={preview} offer={offer} />)}
      </Section>
    </Page>
  );
}

function RoundOffer({ preview, offer }: { preview: Preview; offer: Offer }) {
  const all = useTexts(texts);
  const words = all.hand_in;
  const language = useLanguage();
  const changes = ['/api/v1/scans'];
  const give = useAction<{ scan: string }>('POST', '/api/v1/survey-rounds/{id}/hand-ins', changes);
  const take = useAction('DELETE', '/api/v1/survey-rounds/{id}/hand-ins/{handIn}', changes);
  const [done, setDone] = useState<'given' | 'taken' | null>(null);
  const problem = give.problem ?? take.problem;
  const handIn = offer.handIn;
  return (
    <div className="bp-stack">
      <Heading level={2}>{offer.title}</Heading>
      {offer.demonstration && <Tags>{[<Tag key="d" kind="warn">{all.demonstration}</Tag>]}</Tags>}
      {problem && <ProblemNotice problem={problem} />}
      {done && !problem && <Alert kind="ok" role="status"><p>{done === 'given' ? words.given : words.taken}</p></Alert>}
      <Facts items={[
        [words.holder, offer.holder], [words.criterion, offer.criterion], [all.round.method, offer.method],
        [all.overview.representative, offer.representativeness],
        ...(handIn ? [[words.handed_in_on, formatDay(handIn.handedInOn, language)] as [string, string]] : []),
      ]} />
      {handIn && handIn.scanId !== preview.scanId && <p>{words.other_scan}</p>}
      <div className="bp-actions">
        {!handIn && preview.closed && (
          <Button purpose="primary" busy={give.busy} onClick={() => {
            take.clear();
            void give.run({ scan: preview.scanId }, { path: { id: offer.id } }).then((reply) => setDone(reply.done ? 'given' : null));
          }}>{fill(words.give, { round: offer.title })}</Button>
        )}
        {handIn && offer.state === 'open' && (
          <Button busy={take.busy} onClick={() => {
            give.clear();
            void take.run(undefined, { path: { id: offer.id, handIn: handIn.id } }).then((reply) => setDone(reply.done ? 'taken' : null));
          }}>{words.take}<span className="bp-vh"> {fill(words.take_of, { round: offer.title })}</span></Button>
        )}
      </div>
      {handIn && <p className="bp-small">{offer.state === 'open' ? words.until_closed : words.closed}</p>}
    </div>
  );
}
