// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Heading, type Level, LinkButton } from './elements';
import { useTexts } from './language';
import { texts } from './texts';

export interface Fold { id: string; title: string; note?: string; content: ReactNode }

/** The parts of a long page, or of a section of it, under their own headings. The first is open; the others open on request, by a link to
    their id, and all of them on paper. */
export function Folds({ parts, level = 2 }: { parts: Fold[]; level?: Level }) {
  const words = useTexts(texts).folds;
  const [open, setOpen] = useState(() => new Set(parts.slice(0, 1).map(({ id }) => id)));
  const [paper, setPaper] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const set = (id: string, shown: boolean) => setOpen((before) => {
    if (before.has(id) === shown) return before;
    const after = new Set(before);
    if (shown) after.add(id);
    else after.delete(id);
    return after;
  });
  useEffect(() => {
    const follow = () => {
      const part = [...box.current?.querySelectorAll<HTMLDetailsElement>(':scope > details') ?? []].find(({ id }) => `#${id}` === window.location.hash);
      if (!part) return;
      part.open = true; // at once, for the scroll; the state follows
      set(part.id, true);
      part.scrollIntoView();
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    // Before the sheet is drawn, so at once; a browser tells it by either of the two.
    const media = window.matchMedia('print');
    const turn = (on: boolean) => flushSync(() => setPaper(on));
    const begin = () => turn(true), end = () => turn(false), change = (event: MediaQueryListEvent) => turn(event.matches);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    media.addEventListener('change', change);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
      media.removeEventListener('change', change);
    };
  }, []);
  const whole = parts.every(({ id }) => open.has(id));
  return (
    <div className="bp-folds" ref={box}>
      {parts.length > 1 && (
        <p className="bp-folds__all bp-screen">
          <LinkButton onClick={() => setOpen(new Set(whole ? [] : parts.map(({ id }) => id)))}>{whole ? words.close : words.open}</LinkButton>
        </p>
      )}
      {parts.map(({ id, title, note, content }) => (
        <details key={id} id={id} className="bp-fold" open={paper || open.has(id)}
          onToggle={(event) => { if (!paper && event.target === event.currentTarget) set(id, event.currentTarget.open); }}>
          <summary><Heading level={level}>{title}</Heading>{note !== undefined && <span className="bp-fold__note">{note}</span>}</summary>
          {content}
        </details>
      ))}
    </div>
  );
}
