// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useTexts } from '../ui/language';
import { ProsePage } from './prose';
import { prose } from './prose-texts';

/** What is never held here, and what is kept of who signs in. */
export default function PrivacyPage() {
  const words = useTexts(prose);
  return <ProsePage home={words.home} {...words.privacy} />;
}
