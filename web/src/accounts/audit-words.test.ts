// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { auditWords } from './audit-words';

const sources = import.meta.glob<string>(
  ['../../../server/**/*.{cpp,hpp}', '!../../../server/**/*_test.cpp', '!../../../server/**/*_testing.hpp'],
  { eager: true, query: '?raw', import: 'default' },
);

describe('What the audit log says', () => {
  it('has words for each action that the server records', () => {
    const recorded = new Set(Object.values(sources).flatMap((source) => source.match(/(?<=")(?:audit|auth|quickscan|scan)\.[a-z]+(?:-[a-z]+)*(?=")/g) ?? []));

    expect(recorded.size).toBeGreaterThan(40);
    expect([...recorded].filter((action) => !(action in auditWords.nl.actions)).sort()).toEqual([]);
  });

  it('has words for each state that a scan is brought to', () => {
    const header = Object.entries(sources).find(([path]) => path.endsWith('/life_cycle.hpp'))?.[1] ?? '';
    const states = [...(/enum class ScanState \{([^}]*)\}/.exec(header)?.[1] ?? '').matchAll(/^\s*(\w+),/gm)].map((match) => match[1]);

    expect(states.length).toBe(5);
    for (const state of states) expect(auditWords.nl.actions).toHaveProperty([`quickscan.to-${state}`]);
  });
});
