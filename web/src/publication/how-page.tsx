// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useTexts } from '../ui/language';
import { ProsePage } from './prose';
import { prose } from './prose-texts';

/** How the site works, in words. */
export default function HowPage() {
  const words = useTexts(prose);
  return <ProsePage home={words.home} {...words.how} />;
}
