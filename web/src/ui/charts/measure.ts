// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Below this width, in CSS pixels, a chart has its labels above the bars. */
export const narrowWidth = 440;

// A sheet of A4 within the margins of print.css, the gap between its columns, and the height that the title, legend and
// source leave to a drawing, in CSS pixels.
const paper = 680;
const paperGap = 26;
const paperHeight = 800;

/** The width to draw for on paper, by how many of the twelve columns the chart has there (--bp-paper-columns in
    print.css). Everything on paper is smaller than on the screen, so the drawing is shrunk to seven tenths: letters of 14
    pixels become 7.4 points, and the parts of a bar keep their numbers. A drawing that would be higher than a sheet is
    shrunk further, for it cannot be cut in two. */
export function paperWidth(columns: number, heightFor: (width: number) => number): number {
  const there = columns * (paper + paperGap) / 12 - paperGap;
  let width = Math.max(280, there / 0.7);
  while (heightFor(Math.round(width)) * there / width > paperHeight && width < there * 2) width *= 1.05;
  return Math.round(width);
}

/** The width a chart is drawn for. Charts are drawn again for another width, also when the page is printed; text is never
    scaled on the screen. */
export function useWidth(heightFor: (width: number) => number): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(560);
  const height = useRef(heightFor);
  useEffect(() => { height.current = heightFor; });
  useLayoutEffect(() => {
    const now = box.current?.clientWidth ?? 0;
    if (now > 0) setWidth(now);
  }, []);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0 && !window.matchMedia('print').matches) setWidth(element.clientWidth);
    });
    observer.observe(element);
    // Printing does not wait: what stands there when this returns is what comes on paper.
    const toPaper = () => {
      const columns = Number(getComputedStyle(element).getPropertyValue('--bp-paper-columns')) || 12;
      flushSync(() => setWidth(paperWidth(columns, height.current)));
    };
    const toScreen = () => { if (element.clientWidth > 0) setWidth(element.clientWidth); };
    window.addEventListener('beforeprint', toPaper);
    window.addEventListener('afterprint', toScreen);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', toPaper);
      window.removeEventListener('afterprint', toScreen);
    };
  }, []);
  return [box, width];
}

/** About how wide a text is, in CSS pixels: enough to decide whether it fits in a bar. Source Sans 3 is narrow; the
    digits of a tabular font are all 0.5 em. */
export function textWidth(text: string, size = 14, bold = false): number {
  return text.length * size * (bold ? 0.53 : 0.49);
}

/** Breaks a text in lines of at most so many CSS pixels; a longer word stays whole. */
export function wrap(text: string, width: number, size = 14.5): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && textWidth(`${last} ${word}`, size, true) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A straight line from values to places. d3-scale does more and weighs as much as all our charts: its interpolation of
    colours and dates would come along. */
export function linear([low, high]: [number, number], [from, to]: [number, number]): (value: number) => number {
  return (value) => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));
}
