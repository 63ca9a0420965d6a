// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

const kept = 'scroll-places';
/** How long a page that was left halfway may take to get its figures and its shape back, in milliseconds. */
const patience = 1500;

function readPlaces(): Map<string, number> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(kept) ?? '[]') as [string, number][]);
  } catch {
    return new Map();
  }
}

/**
 * A new page begins at its top; back, forward and reload return to the place that was left. A change of the address
 * within a page (a filter, an open source) leaves the page where it is.
 */
export function ScrollPlaces() {
  const { key, pathname, hash } = useLocation();
  const type = useNavigationType();
  const places = useRef<Map<string, number>>(null);
  places.current ??= readPlaces();
  const shown = useRef({ key, pathname: '' });

  useLayoutEffect(() => {
    const left = shown.current.pathname;
    shown.current = { key, pathname };
    if (left === pathname) return;
    const place = type === 'POP' ? places.current?.get(key) : undefined;
    if (place === undefined) {
      if (!hash && left !== '') window.scrollTo(0, 0);
      return;
    }
    // The page still grows and shrinks while its figures come: hold the place until it stands, or the reader moves it.
    const until = performance.now() + patience;
    let frame = 0;
    const stop = () => window.cancelAnimationFrame(frame);
    const go = () => {
      if (Math.abs(window.scrollY - place) > 1) window.scrollTo(0, place);
      if (performance.now() < until) frame = window.requestAnimationFrame(go);
    };
    go();
    const own = ['wheel', 'touchstart', 'keydown', 'pointerdown'];
    own.forEach((name) => window.addEventListener(name, stop, { passive: true, once: true }));
    return () => {
      stop();
      own.forEach((name) => window.removeEventListener(name, stop));
    };
  }, [key, pathname, hash, type]);

  useEffect(() => {
    window.history.scrollRestoration = 'manual';
    const note = () => places.current?.set(shown.current.key, window.scrollY);
    const keep = () => sessionStorage.setItem(kept, JSON.stringify([...(places.current ?? [])].slice(-100)));
    window.addEventListener('scroll', note, { passive: true });
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('scroll', note);
      window.removeEventListener('pagehide', keep);
    };
  }, []);
  return null;
}
