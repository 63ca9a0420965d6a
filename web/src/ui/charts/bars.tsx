// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { textWidth, narrowWidth, wrap, linear } from './measure';
import type { Drawing } from './figure';

export interface Segment {
  value: number;
  /** Class of the fill: f-now, f-then, f-rest, f-unknown, f-light, f-white, f1 … f6. */
  fill: string;
  /** Stands inside the bar, when it fits. */
  text?: string;
  /** The same with words, where there is room for them. */
  long?: string;
  /** Ink on a light fill instead of paper on a dark one. */
  light?: boolean;
}

export interface Lane {
  /** A short word before the bar: the year. */
  label?: string;
  segments: Segment[];
  /** Behind the bar: the value, and what it is out of. */
  end?: string;
  endSoft?: string;
  /** No number was printed: a dashed outline over the whole scale with these words. */
  missing?: string;
  /** A bracket under the last segments, with words: a part that needs to be seen. */
  bracket?: { from: number; to: number; text: string };
}

export interface BarRow { key: string; label: string; lanes: Lane[] }

export interface BarOptions {
  rows: BarRow[];
  max: number;
  ticks: { value: number; text: string }[];
  thickness?: number;
  /** Labels above the bars, also when there is room beside them. */
  above?: boolean;
  /** Words at the right of the axis are left out when the axis says nothing new. */
  axis?: boolean;
}

/** Bars from zero: single, grouped in lanes, or stacked of segments. One scale for all rows. */
export function drawBars(width: number, options: BarOptions): Drawing {
  const { rows, max, ticks, thickness = 18, axis = true } = options;
  const above = options.above || width < narrowWidth;
  const lanes = rows.flatMap((row) => row.lanes);
  const laneLabel = lanes.some((lane) => lane.label) ? 40 : 0;
  const longest = Math.max(...rows.flatMap((row) => wrap(row.label, 190)).map((line) => textWidth(line, 14.5, true)));
  const labels = above ? 0 : Math.min(Math.max(longest + 14, 60), 214);
  const ends = Math.max(0, ...lanes.map((lane) => textWidth(`${lane.end ?? ''} ${lane.endSoft ?? ''}`, 14, true)
    // Only a bar that reaches far needs room behind it.
    * (total(lane) / max)));
  const left = labels + laneLabel;
  const right = Math.max(8, Math.min(ends + 8, width * 0.45));
  const x = linear([0, max], [left, width - right]);
  const step = thickness + 4;
  let y = axis ? 20 : 2;
  const top = y;
  const content = [];
  // Where labels stand before or above the zero line, the line and the grid would run through them.
  const parts: [number, number][] = [];

  for (const row of rows) {
    const lines = above ? wrap(row.label, width - 8) : wrap(row.label, labels - 8);
    const brackets = Math.max(0, ...row.lanes.map((lane) => (lane.bracket ? wrap(lane.bracket.text, width - 8, 14).length : 0)));
    const bracketed = brackets > 0 ? 13 + 17 * brackets : 0;
    if (above && row.label) {
      lines.forEach((line, at) => content.push(
        <text key={`${row.key} label ${at}`} x={ticks.length > 0 ? 5 : 0} y={y + 13 + at * 17} className="c-lab c-lab--b c-halo">{line}</text>,
      ));
      y += lines.length * 17 + 5;
    } else {
      const height = Math.max(row.lanes.length * step - 4, lines.length * 17);
      lines.forEach((line, at) => content.push(
        <text key={`${row.key} label ${at}`} x={0} className="c-lab c-lab--b c-halo"
          y={y + height / 2 + 5 + (at - (lines.length - 1) / 2) * 17}>{line}</text>,
      ));
    }
    const bars = row.lanes.length * step - 4;
    const wanted = above ? bars : Math.max(bars, lines.length * 17);
    y += (wanted - bars) / 2;
    parts.push([y - 4, y + bars + 4]);
    for (const [at, lane] of row.lanes.entries()) {
      content.push(<LaneBar key={`${row.key} ${at}`} lane={lane} y={y} thickness={thickness} left={left}
        end={x(max)} scale={x} width={width} />);
      y += step;
    }
    y += (wanted - bars) / 2 + bracketed + (row.lanes.length > 1 ? 10 : 8);
  }

  const bottom = y - 4;
  const grid = ticks.map((tick) => (
    <g key={tick.value}>
      {(above && laneLabel > 0 ? parts : [[top - 4, bottom]]).map(([from, to]) => (
        <line key={from} x1={x(tick.value)} x2={x(tick.value)} y1={from} y2={to} className={tick.value === 0 ? 'c-zero' : 'c-grid'} />
      ))}
      {axis && <text x={x(tick.value)} y={12} className={`c-axis ${tick.value === 0 ? '' : 'c-mid'}`}>{tick.text}</text>}
    </g>
  ));
  return { height: bottom + 4, content: <>{grid}{content}</> };
}

const total = (lane: Lane) => lane.segments.reduce((sum, segment) => sum + segment.value, 0);

function LaneBar({ lane, y, thickness, left, end, scale, width }: {
  lane: Lane; y: number; thickness: number; left: number; end: number; width: number;
  scale: (value: number) => number;
}) {
  const base = y + thickness / 2 + 4.8;
  let from = 0;
  const bars = lane.segments.map((segment, at) => {
    const x = scale(from);
    const wide = Math.max(scale(from + segment.value) - x, segment.value > 0 ? 1 : 0);
    from += segment.value;
    // Digits are narrower than the letters that textWidth counts with.
    const inside = [segment.long, segment.text].find((text) => text !== undefined && wide > textWidth(text, 13.5, true) * 0.92 + 10);
    return (
      <g key={at}>
        {segment.fill === 'f-rest' && <rect x={x} y={y} width={wide} height={thickness} className="f-rest-bg" />}
        <rect x={x} y={y} width={wide} height={thickness} className={segment.fill} />
        {inside !== undefined && <text x={x + wide - 6} y={base} className={!segment.light ? 'c-in c-end' : ['f-unknown', 'f-rest'].includes(segment.fill) ? 'c-val c-end c-halo' : 'c-val c-end'}>{inside}</text>}
      </g>
    );
  });
  const after = scale(from) + 6;
  const words = `${lane.end ?? ''} ${lane.endSoft ?? ''}`;
  const overflows = after + textWidth(words, 14, true) > width;
  return (
    <>
      {lane.label && <text x={left - 6} y={base} className="c-axis c-end">{lane.label}</text>}
      {lane.missing !== undefined
        ? (
          <>
            <rect x={left + 0.6} y={y} width={end - left - 1.2} height={thickness} className="f-noprint" />
            <text x={left + 8} y={base} className="c-soft c-halo">{lane.missing}</text>
          </>
        )
        : bars}
      {lane.end !== undefined && (
        <text x={overflows ? width : after} y={base} className={`c-val c-halo${overflows ? ' c-end' : ''}`}>
          {lane.end}{lane.endSoft && <tspan className="c-soft"> {lane.endSoft}</tspan>}
        </text>
      )}
      {lane.bracket && <Bracket y={y + thickness + 5} from={scale(lane.bracket.from)} to={scale(lane.bracket.to)}
        text={lane.bracket.text} width={width} />}
    </>
  );
}

function Bracket({ y, from, to, text, width }: { y: number; from: number; to: number; text: string; width: number }) {
  const middle = (from + to) / 2;
  const lines = wrap(text, width - 8, 14);
  const half = Math.max(...lines.map((line) => textWidth(line, 14, true))) / 2;
  const at = Math.min(Math.max(middle, half), width - half);
  return (
    <>
      <path d={`M${from + 1} ${y}v6H${to - 1}v-6`} className="c-base" fill="none" />
      {lines.map((line, row) => <text key={row} x={at} y={y + 22 + row * 17} className="c-val c-mid">{line}</text>)}
    </>
  );
}
