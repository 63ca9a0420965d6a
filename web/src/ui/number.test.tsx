// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useMemo, useRef, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Drawer } from './drawer';
import { PrintNotesScope, PrintSources, ScreenOnly, type SourceDoor, SourceDoorProvider, SourceNumber } from './number';

/** A page with a drawer, as the shell has it. */
function PageWithDrawer({ children }: { children: React.ReactNode }) {
  const [open, setOpen] = useState<string | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const close = useMemo(() => () => {
    setOpen(null);
    opener.current?.focus();
  }, []);
  const door = useMemo<SourceDoor>(() => ({
    open,
    toggle: (key, from) => {
      opener.current = from;
      setOpen(key);
    },
  }), [open]);
  return (
    <SourceDoorProvider value={door}>
      {children}
      {open && <Drawer title="Bron van dit getal" onClose={close} takesFocus>regel 429</Drawer>}
    </SourceDoorProvider>
  );
}

describe('A number with its source', () => {
  it('says its value, what it is and that it has a source', () => {
    render(<SourceNumber source="a" name="toegekend, preventie, 2020">€ 1.763.000</SourceNumber>);

    expect(screen.getByRole('button', { name: /^€ 1\.763\.000 ?, toegekend, preventie, 2020, bron$/, expanded: false })).toBeDefined();
  });

  it('says that it was computed by us when it was not printed', () => {
    render(<SourceNumber source="a" name="deel" computed>75,0%</SourceNumber>);

    expect(screen.getByRole('button').textContent).toContain('door ons berekend');
    expect(screen.getByRole('button').className).toContain('bp-num--calc');
  });

  it('opens the drawer with one key press, and Escape brings the focus back to it', async () => {
    const user = userEvent.setup();
    render(<PageWithDrawer><SourceNumber source="a" name="een">1</SourceNumber><SourceNumber source="b" name="twee">2</SourceNumber></PageWithDrawer>);
    const second = screen.getAllByRole('button')[1];

    second?.focus();
    await user.keyboard('{Enter}');

    expect(screen.getByRole('complementary', { name: 'Bron van dit getal' })).toBeDefined();
    expect(document.activeElement?.textContent).toBe('Bron van dit getal');
    expect(second?.getAttribute('aria-expanded')).toBe('true');

    await user.keyboard('{Escape}');

    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.activeElement).toBe(second);
  });
});

describe('Numbers on paper', () => {
  it('get note figures in their order, the same number the same note, and their sources at the foot', () => {
    render(
      <PrintNotesScope>
        <SourceNumber source="a" name="een" note="1: regel 10">1</SourceNumber>
        <SourceNumber source="b" name="twee" note="2: regel 20">2</SourceNumber>
        <SourceNumber source="a" name="een" note="1: regel 10">1</SourceNumber>
        <PrintSources />
      </PrintNotesScope>,
    );

    expect([...document.querySelectorAll('.bp-fn')].map((note) => note.textContent)).toEqual(['1', '2', '1']);
    expect([...document.querySelectorAll('.bp-print li')].map((note) => note.textContent)).toEqual(['1: regel 10', '2: regel 20']);
  });

  it('get none where they are on the screen only', () => {
    render(
      <PrintNotesScope>
        <ScreenOnly><SourceNumber source="a" name="een" note="1: regel 10">1</SourceNumber></ScreenOnly>
        <PrintSources />
      </PrintNotesScope>,
    );

    expect(document.querySelector('.bp-print')).toBeNull();
    expect(document.querySelector('.bp-fn')).toBeNull();
  });
});
