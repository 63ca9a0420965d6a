// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatDecimal } from './decimal';
import InspectPage from './inspect-page';
import type { Inspection } from './result';

/** What the server answers to the two-row table x;a / p;3 / q;4 / Totaal;8. */
const unequal: Inspection = {
  consistent: false, sums: 1, notation: 'either',
  columns: [{ label: 'a', role: 'item' }],
  rows: [{ label: 'p', role: 'item' }, { label: 'q', role: 'item' }, { label: 'Totaal', role: 'total' }],
  cells: [
    [{ text: '3', value: '3', mark: 'suspect' }], [{ text: '4', value: '4', mark: 'suspect' }],
    [{ text: '8', value: '8', mark: 'suspect' }],
  ],
  differences: [{ sum: 'column', label: 'a', row: 2, column: 0, printed: '8', recomputed: '7', difference: '-1', roundingPossible: true }],
  explanations: [
    { rank: 1, kind: 'digit', rowLabel: 'p', columnLabel: 'a', row: 0, column: 0, printed: '3', corrected: '4', score: 45, sums: [] },
    { rank: 1, kind: 'digit', rowLabel: 'q', columnLabel: 'a', row: 1, column: 0, printed: '4', corrected: '5', score: 45, sums: [] },
    { rank: 1, kind: 'wrong_total', columnLabel: 'a', row: 2, column: 0, printed: '8', corrected: '7', score: 45, sums: [] },
  ],
};

function answer(status: number, body: unknown) {
  const fetched = vi.fn<typeof fetch>(async () => new Response(JSON.stringify(body), {
    status, headers: { 'Content-Type': status === 200 ? 'application/json' : 'application/problem+json' },
  }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter><InspectPage /></MemoryRouter>
    </QueryClientProvider>,
  );
  return { field: screen.getByLabelText('Plak uw tabel'), button: screen.getByRole('button', { name: 'Tel na' }) };
}

afterEach(() => vi.unstubAllGlobals());

describe('The page that checks a table', () => {
  it('sends what was pasted and says that it cannot choose', async () => {
    const fetched = answer(200, unequal);
    const { field, button } = open();

    await userEvent.click(field);
    await userEvent.paste('x;a\np;3\nq;4\nTotaal;8\n');
    await userEvent.click(button);

    expect(await screen.findByRole('heading', { name: 'De enige som klopt niet' })).toBeDefined();
    expect(screen.getByRole('heading', { name: '3 verklaringen passen even goed. Wij kunnen niet kiezen.' })).toBeDefined();
    expect(within(screen.getByRole('table', { name: 'Uw tabel' })).getAllByText('of', { exact: false })).toHaveLength(3);
    expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({ csv: 'x;a\np;3\nq;4\nTotaal;8\n' });
  });

  it('asks for a table when there is none, without asking the server', async () => {
    const fetched = answer(200, unequal);
    const { button } = open();

    await userEvent.click(button);

    expect(screen.getByRole('alert').textContent).toContain('Plak eerst een tabel');
    expect(fetched).not.toHaveBeenCalled();
  });

  it('shows every wrong place that the server names, and moves there', async () => {
    answer(400, { status: 400, title: 'Ongeldig', errors: [
      { pointer: '/csv', detail: 'regel 2, positie 3 (onder "a"): "een" is geen getal.' },
      { pointer: '/csv', detail: 'regel 3, positie 3 (onder "a"): "twee" is geen getal.' },
    ] });
    const { field, button } = open();

    await userEvent.click(field);
    await userEvent.paste('x;a\np;een\nq;twee\n');
    await userEvent.click(button);

    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Regel 3, positie 3'));
    expect(within(screen.getByRole('alert')).getAllByRole('link')).toHaveLength(2);
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('puts the text of a file in the field, also of an older Windows file', async () => {
    answer(200, unequal);
    const { field } = open();

    const bytes = new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x3b, 0x31]);
    const file = new File([bytes], 'oud.csv', { type: 'text/csv' });
    file.arrayBuffer = () => Promise.resolve(bytes.buffer); // jsdom's File cannot be read this way

    await userEvent.upload(screen.getByLabelText('Of kies een CSV-bestand'), file);

    await waitFor(() => expect((field as HTMLTextAreaElement).value).toBe('café;1'));
    expect(screen.getByText(/geen UTF-8/)).toBeDefined();
  });
});

describe('A decimal number', () => {
  it('keeps every digit in the notation of the page', () => {
    expect(formatDecimal('-1234567890123456.70', 'nl')).toBe('−1.234.567.890.123.456,70');
    expect(formatDecimal('-0.49', 'en')).toBe('−0.49');
    expect(formatDecimal('999', 'nl')).toBe('999');
    expect(formatDecimal('1000', 'en')).toBe('1,000');
  });
});
