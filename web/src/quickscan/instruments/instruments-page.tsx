// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../../app/client';
import { ProblemPage } from '../../app/problem';
import { useSession } from '../../app/session';
import { ButtonLink, Heading, Link, Paragraph } from '../../ui/elements';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Note } from '../../ui/notes';
import { Columns, Grid, Loading, Page, Section } from '../../ui/page';
import '../../ui/paper.css';
import { formLink, instrumentLink, StatusTags } from './show';
import { texts } from './texts';

/** Every questionnaire that is not a draft, with its paper form and its file for other programs. */
export default function InstrumentsPage() {
  const words = useTexts(texts).list;
  const language = useLanguage();
  const { session } = useSession();
  const { data, problem, reload } = useResource('/api/v1/instruments');
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return (
    <Page title={words.title} tab={words.here} lead={words.lead} here={words.here} trail={[]}>
      <Section>
        <Grid>
          <Columns span={8} stack>
            {data.items.map((one) => (
              <article key={`${one.key} ${one.version}`} className="bp-instrument">
                <Heading level={2}><Link to={instrumentLink(one)}>{one.title[language]}</Link></Heading>
                <StatusTags instrument={one} />
                <Paragraph>{one.introduction[language]}</Paragraph>
                <Paragraph className="bp-small bp-soft">
                  {fill(words.questions, { questions: one.questions, themes: one.themes, minutes: one.minutes })}
                </Paragraph>
                <div className="bp-actions bp-gap">
                  <ButtonLink to={instrumentLink(one)} purpose="primary" small>{words.open}</ButtonLink>
                  <ButtonLink to={`${instrumentLink(one)}/papier`} small>{words.paper}</ButtonLink>
                  <ButtonLink href={formLink(one)} purpose="subtle" small>{words.download}</ButtonLink>
                </div>
              </article>
            ))}
          </Columns>
          <Columns span={4}>
            <Note title={words.files} level={2}>{words.files_text}</Note>
            {session?.permissions.includes('manage_surveys') && <p className="bp-gap"><Link to="/vragenlijsten/inlezen">{words.read}</Link></p>}
          </Columns>
        </Grid>
      </Section>
    </Page>
  );
}
