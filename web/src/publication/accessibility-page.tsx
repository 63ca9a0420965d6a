// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useInstallation } from '../app/installation';
import { Paragraph, PlainLink } from '../ui/elements';
import { fill, useTexts } from '../ui/language';
import { ProsePage } from './prose';
import { prose } from './prose-texts';

/** What was tested for accessibility and when, and no more; owner and contact come from the configuration. */
export default function AccessibilityPage() {
  const words = useTexts(prose);
  const { accessibility } = words;
  const { owner, contact } = useInstallation();
  return (
    <ProsePage home={words.home} title={accessibility.title} lead={accessibility.lead} parts={accessibility.parts}>
      <section>
        <h2>{accessibility.contact}</h2>
        <Paragraph>{owner === '' ? accessibility.no_owner : fill(accessibility.owner, { owner })}</Paragraph>
        <Paragraph>{contact === '' ? accessibility.no_contact : <PlainLink href={contact}>{contact.replace(/^mailto:/, '')}</PlainLink>}</Paragraph>
      </section>
    </ProsePage>
  );
}
