// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Texts } from '../../ui/language';
import en from './texts.en.json';
import nl from './texts.nl.json';

export const texts: Texts<typeof nl> = { nl, en };
