// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { area, line } from 'd3-shape';
import type { Drawing } from './figure';
import { textWidth, linear } from './measure';

export interface Series {
  key: string;
  label: string;
  /** s1 (solid) or s2, or s-target (dotted: expected or planned). */
  stroke: string;
  /** null where nothing is printed: the line is broken there, never drawn through. */
  points: (number | null)[];
  /** The text at each point; an empty text shows no label. */
  texts: string[];
  band?: { low: number; high: number }[];
}

/** Lines over equal periods, labelled directly at their end. */
export function drawLines(width: number, { periods, series, max, ticks, height = 230 }: {
  periods: string[]; series: Series[]; max: number; ticks: { value: number; text: string }[]; height?: number;
}): Drawing {
  const right = Math.max(...series.map((one) => textWidth(one.label, 14, true))) + 14;
  const left = Math.max(...ticks.map((tick) => textWidth(tick.text, 13))) + 10;
  const x = linear([0, periods.length - 1], [left + 18, width - right - 12]);
  const y = linear([0, max], [height - 26, 14]);
  const path = line<number | null>().defined((value) => value !== null).x((_, at) => x(at)).y((value) => y(value ?? 0));
  const bandPath = area<{ low: number; high: number }>().x((_, at) => x(at)).y0((d) => y(d.low)).y1((d) => y(d.high));
  // A label stands above its point, and below it where the label of a higher line would be in the way.
  const below = (one: Series, at: number, value: number) => series.some((other) => {
    const higher = other.points[at];
    return other !== one && higher !== null && higher !== undefined && other.texts[at] && higher > value && y(value) - y(higher) < 34;
  });
  const ends = spread(series.map((one) => {
    const at = one.points.findLastIndex((value) => value !== null);
    return { one, at, y: y(one.points[at] ?? 0) };
  }));
  return {
    height,
    content: (
      <>
        {ticks.map((tick) => (
          <g key={tick.value}>
            <line x1={left} x2={width - right} y1={y(tick.value)} y2={y(tick.value)} className={tick.value === 0 ? 'c-zero' : 'c-grid'} />
            <text x={left - 6} y={y(tick.value) + 4.5} className="c-axis c-end">{tick.text}</text>
          </g>
        ))}
        {periods.map((period, at) => <text key={period} x={x(at)} y={height - 6} className="c-axis c-mid">{period}</text>)}
        {series.map((one) => (
          <g key={one.key}>
            {one.band && <path d={bandPath(one.band) ?? ''} className="s-band" />}
            <path d={path(one.points) ?? ''} className={one.stroke} />
            {one.points.map((value, at) => value !== null && (
              <circle key={at} cx={x(at)} cy={y(value)} r="4" className={one.stroke === 's-target' ? 'f-white' : 'f-now'} />
            ))}
            {one.points.map((value, at) => value !== null && one.texts[at] && (
              <text key={at} x={x(at)} y={y(value) + (below(one, at, value) ? 20 : -10)} className="c-val c-mid c-halo">{one.texts[at]}</text>
            ))}
          </g>
        ))}
        {ends.map((end) => (
          <text key={end.one.key} x={width - right + 2} y={end.y + 5} className="c-lab c-lab--b">{end.one.label}</text>
        ))}
      </>
    ),
  };
}

/** Moves labels apart that would stand on each other. */
function spread<T extends { y: number }>(labels: T[]): T[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  for (let at = 1; at < sorted.length; at += 1) {
    const above = sorted[at - 1];
    const here = sorted[at];
    if (above && here && here.y - above.y < 18) here.y = above.y + 18;
  }
  return sorted;
}
