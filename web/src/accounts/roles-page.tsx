// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { Heading } from '../ui/elements';
import { useLanguage, useTexts } from '../ui/language';
import { Facts } from '../ui/notes';
import { Loading, Page, Section } from '../ui/page';
import { texts } from './texts';

/** Each role in words: what it may do, and what it may not. Shown as the server has them. */
export default function RolesPage() {
  const language = useLanguage();
  const all = useTexts(texts);
  const words = all.roles;
  const { data, problem, reload } = useResource('/api/v1/roles');
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return (
    <Page title={words.title} lead={words.lead} here={words.here} trail={[{ title: all.home, to: '/' }]}>
      <Section>
        {data.items.map((role) => (
          <article key={role.key} className="bp-document">
            <Heading level={2} className="bp-h3b">{role.label[language]}</Heading>
            <Facts items={([
              [words.may, role.may[language]], [words.may_not, role.mayNot[language]],
            ] as [string, string][]).filter(([, value]) => value !== '')} />
          </article>
        ))}
      </Section>
    </Page>
  );
}
