// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { SourceDoorProvider } from '../ui/number';
import { CheckNumber } from './check-number';
import type { Check } from './show';

const check = { key: 'reallocations~row~other-programme', title: { nl: 'Herschikt: rij Ander programma', en: 'Reallocated: row Other programme' } } as Check;

describe('A number of a recomputation', () => {
  it('leads to its sum', async () => {
    const toggle = vi.fn();
    render(<SourceDoorProvider value={{ open: null, toggle }}><CheckNumber check={check}>1,99</CheckNumber></SourceDoorProvider>);

    await userEvent.setup().click(screen.getByRole('button', { name: /^1,99 ?, Herschikt: rij Ander programma, door ons berekend, bron$/ }));

    expect(toggle.mock.calls[0]?.[0]).toBe('controle~reallocations~row~other-programme');
  });

  it('is plain text where no sum is known, and nothing where nothing came out', () => {
    const { container } = render(<><CheckNumber check={undefined}>1,99</CheckNumber><CheckNumber check={check}>{''}</CheckNumber></>);

    expect(container.textContent).toBe('1,99');
    expect(screen.queryAllByRole('button')).toHaveLength(0);
  });
});
