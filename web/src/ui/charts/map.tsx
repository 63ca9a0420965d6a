// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Topology } from 'topojson-specification';
import topologyAddress from '../../../../data/organisations/municipalities.topo.json?url';
import type { Drawing } from './figure';

export interface MapAmount { code: string; label: string; value: number; text: string }

/** Class of a value among the limits: m1 … m5. */
export const classOf = (value: number, limits: number[]): string =>
  `m${1 + limits.filter((limit) => value > limit).length}`;

type Draw = (width: number) => Drawing;
const heightFor = (width: number) => Math.round(Math.min(width * 0.95, 430));
const blank: Draw = (width) => ({ height: heightFor(width), content: null });

/** Calls back when the page has loaded and the browser has nothing to do; not for who saves data. Gives how to forget it. */
function whenIdle(then: () => void): () => void {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => { timer = setTimeout(() => ('requestIdleCallback' in window ? window.requestIdleCallback(then) : then()), 500); };
  if (document.readyState === 'complete') wait();
  else window.addEventListener('load', wait);
  return () => {
    window.removeEventListener('load', wait);
    clearTimeout(timer);
  };
}

/** A map of the municipalities, whose shapes are fetched when `place` comes into view, or when the page is at rest: who
    prints without scrolling has the map too. CBS and Kadaster, CC BY 4.0. */
export function useMap(amounts: MapAmount[], limits: number[]): { place: RefObject<HTMLDivElement | null>; draw: Draw; drawn: boolean; failed: boolean } {
  const place = useRef<HTMLDivElement>(null);
  const [parts, setParts] = useState<{ topology: Topology; drawMap: typeof import('./map-drawing').drawMap } | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let asked = false;
    const fetchShapes = async () => {
      if (asked) return;
      asked = true;
      try {
        const [answer, { drawMap }] = await Promise.all([fetch(topologyAddress), import('./map-drawing')]);
        if (!answer.ok) throw new Error(String(answer.status));
        setParts({ topology: await answer.json() as Topology, drawMap });
      } catch {
        setFailed(true);
      }
    };
    if (typeof IntersectionObserver === 'undefined') {
      void fetchShapes();
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      void fetchShapes();
    }, { rootMargin: '200px' });
    observer.observe(element);
    const forget = whenIdle(() => void fetchShapes());
    return () => {
      observer.disconnect();
      forget();
    };
  }, []);
  const draw: Draw = parts
    ? (width) => parts.drawMap(parts.topology, heightFor(width), width, amounts, limits)
    : blank;
  return { place, draw, drawn: parts !== null, failed };
}
