// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuditChain } from './audit-verification';

const id = '0193a5c0-0000-7000-8000-000000000001';

/** Answers the start, then each of these in turn; the last one keeps being given. */
function answer(...states: object[]) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', vi.fn(async (url: string, options: { method: string }) => {
    asked.push(`${options.method} ${url}`);
    if (options.method === 'DELETE') return new Response(null, { status: 204 });
    const state = options.method === 'POST' ? { state: 'queued', progress: 0 } : states.length > 1 ? states.shift() : states[0];
    return new Response(JSON.stringify({ id, createdAt: '2026-11-21T06:00:00.000000Z', ...state }), {
      status: options.method === 'POST' ? 201 : 200, headers: { 'Content-Type': 'application/json' },
    });
  }));
  return asked;
}

async function press() {
  render(<QueryClientProvider client={new QueryClient()}><MemoryRouter><AuditChain /></MemoryRouter></QueryClientProvider>);
  await userEvent.click(screen.getByRole('button', { name: 'Keten nakijken' }));
}

afterEach(() => vi.unstubAllGlobals());

describe('The verification of the audit chain', () => {
  it('tells how far it is and then that every line stands as written', async () => {
    answer({ state: 'running', progress: 40 }, { state: 'done', progress: 100, result: { entries: 12, damages: [] } });

    await press();

    const progress = await screen.findByText('Bezig met nakijken: 40%');
    expect(progress.parentElement?.getAttribute('aria-live')).toBe('polite');
    expect(await screen.findByText(/Alle 12 regels zijn nagekeken/)).toBeTruthy();
  });

  it('names the first line that was changed', async () => {
    answer({ state: 'done', progress: 100, result: { entries: 12, damages: [{ number: 7, kind: 'changed' }] } });

    await press();

    expect(await screen.findByText('De keten klopt niet: regel 7 is niet meer zoals die is geschreven.')).toBeTruthy();
  });

  it('gives the sentence of the server when it failed', async () => {
    answer({ state: 'failed', progress: 10, problem: 'Dit werk is onderbroken.' });

    await press();

    expect(await screen.findByText('Dit werk is onderbroken.')).toBeTruthy();
  });

  it('is stopped as the job it is', async () => {
    const asked = answer({ state: 'running', progress: 1 });

    await press();
    await userEvent.click(await screen.findByRole('button', { name: 'Stop het nakijken' }));

    expect(asked).toContain(`DELETE /api/v1/jobs/${id}`);
  });
});
