// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import { ClashCell, Certainty, EvidenceLevel } from './clash';
import { Button, Link } from './elements';
import { TextField } from './form';
import { fill, LanguageProvider, Rich } from './language';
import { DataTable } from './table';
import { NotANumber } from './void';

describe('A link', () => {
  it('keeps the language of the page', () => {
    render(<MemoryRouter><LanguageProvider value="en"><Link to="/cijfers">Figures</Link><Link to="/">Home</Link></LanguageProvider></MemoryRouter>);

    expect(screen.getByRole('link', { name: 'Figures' }).getAttribute('href')).toBe('/en/cijfers');
    expect(screen.getByRole('link', { name: 'Home' }).getAttribute('href')).toBe('/en');
  });
});

describe('A text with names to fill in', () => {
  it('takes values and elements', () => {
    expect(fill('regel {line}', { line: 429 })).toBe('regel 429');
    render(<p><Rich text="In {count} gemeenten." values={{ count: <b>20</b> }} /></p>);
    expect(screen.getByText('20').tagName).toBe('B');
  });

  it('leaves a name without a value in sight', () => {
    expect(fill('{a} van {b}', { a: 1 })).toBe('1 van {b}');
  });
});

describe('A value that is not a number', () => {
  it.each([['not_printed', 'niet gedrukt'], ['unknown', 'onbekend'], ['not_evaluated', 'niet geëvalueerd'], ['withheld', 'afgeschermd'], ['blank', 'leeg in de bron']] as const)(
    '%s is said in words and is never 0', (kind, words) => {
      render(<NotANumber kind={kind} />);

      expect(screen.getByText(words)).toBeDefined();
      expect(document.body.textContent).not.toContain('0');
    });
});

describe('A cell that cannot be right', () => {
  it('keeps the printed value and says beside it what it must be', () => {
    render(<ClashCell printed="0,49" shouldBe="−0,49" />);

    expect(document.body.textContent).toContain('klopt niet:');
    expect(document.body.textContent).toContain('0,49');
    expect(document.body.textContent).toContain('moet zijn −0,49');
    expect(document.querySelector('del, s')).toBeNull();
  });
});

describe('Signs', () => {
  it('are words too: certainty and evidence level', () => {
    render(<><Certainty blocks={3}>vrij hoog</Certainty><EvidenceLevel level={null}>niet geëvalueerd</EvidenceLevel></>);

    expect(screen.getByRole('img', { name: '3 van 4 blokjes' })).toBeDefined();
    expect(screen.getByText('niet geëvalueerd')).toBeDefined();
    expect(document.querySelectorAll('.bp-lv-none')).toHaveLength(5);
  });
});

describe('A table', () => {
  it('has a caption, heads with a scope, and labels per cell for the phone', () => {
    render(<DataTable caption="Bedragen" columns={['Doel', '2008']} rows={[{ key: 'a', header: 'Fietsendiefstal', cells: [{ content: '0,80' }] }]} />);

    expect(screen.getByRole('table', { name: 'Bedragen' })).toBeDefined();
    expect(screen.getByRole('rowheader', { name: 'Fietsendiefstal' })).toBeDefined();
    expect(screen.getByRole('cell', { name: '0,80' }).getAttribute('data-h')).toBe('2008');
  });
});

describe('A field', () => {
  it('ties hint and error to the input', () => {
    render(<TextField label="Accountnaam" hint="kleine letters" error="Vul een naam in." />);
    const input = screen.getByRole('textbox', { name: 'Accountnaam' });
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);

    expect(described).toEqual(['kleine letters', 'Fout: Vul een naam in.']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });
});

describe('A button', () => {
  it('is of type button unless it sends a form, and has no style attribute', () => {
    render(<Button purpose="primary" icon="search">Zoek</Button>);
    const button = screen.getByRole('button', { name: 'Zoek' });

    expect(button.getAttribute('type')).toBe('button');
    expect(document.querySelectorAll('[style]')).toHaveLength(0);
  });
});
