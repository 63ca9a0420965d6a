// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Below this width, in CSS pixels, a chart has its labels above the bars. */
export const narrowWidth = 440;

/** The width a chart is drawn for. Charts are drawn again for another width; text is never scaled on the screen. */
export function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(560);
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
    return () => observer.disconnect();
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
