// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// How long a test waits for what the page will show. A machine with much else to do needs more than the usual second.
configure({ asyncUtilTimeout: 20_000 });

afterEach(cleanup);
