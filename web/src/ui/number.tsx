// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { createContext, type MouseEvent, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useTexts } from './language';
import { texts } from './texts';

/** Which number is open, and how to open one. The page puts the drawer beside it. */
export interface SourceDoor {
  open: string | null;
  /** Opens the source of a number, or closes it when it was open. Focus returns to `from`. */
  toggle: (key: string, from: HTMLElement) => void;
}
const SourceDoorContext = createContext<SourceDoor>({ open: null, toggle: () => undefined });
export const SourceDoorProvider = SourceDoorContext.Provider;
export const useSourceDoor = (): SourceDoor => useContext(SourceDoorContext);

/** The id of the drawer, for aria-controls. */
export const drawerId = 'bron';

interface NumberProps {
  /** Key of the figure. */
  source: string;
  /** The value as it is shown, already in the language of the page. */
  children: string;
  /** What the number is, for who cannot see its place: "toegekend, preventie, 2020". */
  name: string;
  /** Computed by us (dashed line) instead of printed (dotted line). */
  computed?: boolean;
  /** What stands at the foot of a printed page about this number. */
  note?: string;
}

/** A number that leads to its source: one click or key press opens the drawer. */
export function SourceNumber({ source, children, name, computed = false, note }: NumberProps) {
  const words = useTexts(texts);
  const door = useSourceDoor();
  const noteNumber = useNoteNumber(source, note ?? '');
  const open = door.open === source;
  const toggle = (event: MouseEvent<HTMLButtonElement>) => door.toggle(source, event.currentTarget);
  return (
    <>
      <button type="button" className={computed ? 'bp-num bp-num--calc' : 'bp-num'} data-source={source}
        aria-expanded={open} aria-controls={open ? drawerId : undefined} onClick={toggle}>
        {children}
        <span className="bp-vh">, {name}, {computed ? `${words.computed}, ` : ''}{words.source}</span>
      </button>
      {noteNumber !== null && <span className="bp-fn" aria-hidden="true">{noteNumber}</span>}
    </>
  );
}

// ------------------------------------------------------------------------------------------------ notes on paper

/** On paper each number gets a note figure, and the sources stand at the foot, in the order of the numbers. */
class PrintNotes {
  #notes: { source: string; note: string }[] = [];
  #listeners = new Set<() => void>();

  add(source: string, note: string) {
    if (note === '' || this.#notes.some((known) => known.source === source)) return;
    this.#notes = [...this.#notes, { source, note }];
    this.#listeners.forEach((listener) => listener());
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  all = () => this.#notes;
}

const PrintNotesContext = createContext<PrintNotes | null>(null);
const noNotes: { source: string; note: string }[] = [];
const neverChanges = () => () => undefined;
const nothing = () => noNotes;

/** Everything inside gets note figures on paper. Use key={…} to start again when the page changes. */
export function PrintNotesScope({ children }: { children: ReactNode }) {
  const notes = useMemo(() => new PrintNotes(), []);
  return <PrintNotesContext.Provider value={notes}>{children}</PrintNotesContext.Provider>;
}

/** Numbers inside are not on paper, so they take no note figure. */
export function ScreenOnly({ children }: { children: ReactNode }) {
  return <PrintNotesContext.Provider value={null}><div className="bp-screen">{children}</div></PrintNotesContext.Provider>;
}

function useNotes() {
  const notes = useContext(PrintNotesContext);
  return useSyncExternalStore(notes?.subscribe ?? neverChanges, notes?.all ?? nothing, notes?.all ?? nothing);
}

function useNoteNumber(source: string, note: string): number | null {
  const notes = useContext(PrintNotesContext);
  const all = useNotes();
  useEffect(() => notes?.add(source, note), [notes, source, note]);
  const at = all.findIndex((known) => known.source === source);
  return at < 0 ? null : at + 1;
}

/** The sources at the foot of the paper. Not on the screen: there the drawer tells more. */
export function PrintSources() {
  const words = useTexts(texts);
  const notes = useNotes();
  if (notes.length === 0) return null;
  return (
    <section className="bp-print">
      <h2>{words.notes_title}</h2>
      <ol>{notes.map(({ source, note }) => <li key={source}>{note}</li>)}</ol>
    </section>
  );
}
