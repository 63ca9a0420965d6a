// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useTexts } from '../ui/language';
import { Page } from '../ui/page';
import { prose } from './prose-texts';

/** The words of the site, with their name in the other language. */
export default function GlossaryPage() {
  const words = useTexts(prose);
  const { glossary } = words;
  return (
    <Page title={glossary.title} lead={glossary.lead} here={glossary.title} trail={[{ title: words.home, to: '/' }]}>
      <dl className="bp-terms">
        {glossary.terms.map(({ term, other, meaning }) => (
          <div key={term}><dt>{term}</dt><dd>{meaning} <span className="bp-soft">({glossary.other}: {other})</span></dd></div>
        ))}
      </dl>
    </Page>
  );
}
