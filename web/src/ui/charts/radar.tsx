// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Drawing } from './figure';
import { textWidth, wrap } from './measure';

export interface RadarAxis {
  key: string;
  label: string;
  /** Between 0 and 1; null where there is nothing to draw: that is said at the axis, it is never 0. */
  now: number | null;
  then?: number | null | undefined;
}

/** Scores on axes around a point. Axes without a score are left open and marked in the colour of unknown. */
export function drawRadar(width: number, axes: RadarAxis[]): Drawing {
  const narrow = width < 520;
  // Beside a small drawing the names would lie over each other: there stands a number, and the names are below.
  const lines = axes.map(({ label }, at) => (narrow ? [String(at + 1)] : wrap(label, 130, 13)));
  const side = narrow ? 30 : Math.min(140, Math.max(...lines.flat().map((line) => textWidth(line, 13))) + 14);
  const radius = Math.max(60, Math.min((width - 2 * side) / 2, 190));
  const [cx, cy] = [width / 2, radius + (narrow ? 26 : 48)];
  const below = 2 * radius + 74;
  const at = (index: number, share: number): [number, number] => {
    const angle = (2 * Math.PI * index) / axes.length - Math.PI / 2;
    return [cx + radius * share * Math.cos(angle), cy + radius * share * Math.sin(angle)];
  };
  const text = (n: number) => n.toFixed(1);
  const ring = (share: number) => `M${axes.map((_, index) => at(index, share).map(text).join(' ')).join('L')}Z`;
  /** The outline, broken where an axis has no score. */
  const outline = (share: (axis: RadarAxis) => number | null | undefined): string => {
    const whole = axes.every((axis) => typeof share(axis) === 'number');
    let path = '';
    axes.forEach((axis, index) => {
      const one = share(axis);
      if (typeof one !== 'number') return;
      const before = share(axes[(index + axes.length - 1) % axes.length] as RadarAxis);
      path += `${index > 0 && typeof before === 'number' ? 'L' : 'M'}${at(index, one).map(text).join(' ')}`;
    });
    if (whole) return `${path}Z`;
    const [first, last] = [axes[0], axes.at(-1)];
    if (first && last && typeof share(first) === 'number' && typeof share(last) === 'number')
      path += `M${at(axes.length - 1, share(last) as number).map(text).join(' ')}L${at(0, share(first) as number).map(text).join(' ')}`;
    return path;
  };
  const closed = axes.every(({ now }) => now !== null);
  const content = (
    <>
      {[0.25, 0.5, 0.75].map((share) => <path key={share} d={ring(share)} className="c-grid" fill="none" />)}
      <path d={ring(1)} className="c-base" fill="none" />
      {axes.map(({ key }, index) => {
        const [x, y] = at(index, 1);
        return <path key={key} d={`M${text(cx)} ${text(cy)}L${text(x)} ${text(y)}`} className="c-grid" />;
      })}
      {axes.some(({ then }) => typeof then === 'number') && <path d={outline(({ then }) => then)} className="t-then" />}
      <path d={outline(({ now }) => now)} className={closed ? 't-now' : 't-now t-now--line'} />
      {axes.map(({ key, now }, index) => {
        const [x, y] = at(index, now ?? 1);
        return now === null
          ? <rect key={key} x={x - 5} y={y - 5} width="10" height="10" className="t-unk" />
          : <circle key={key} cx={x} cy={y} r="4.5" className="t-dot" />;
      })}
      {narrow && axes.map(({ key, label }, index) => (
        <text key={key} x="0" y={below + index * 21} className="c-axis">{`${index + 1}. ${label}`}</text>
      ))}
      {axes.map(({ key }, index) => {
        const [x, y] = at(index, 1);
        const [lx, ly] = [x + (x - cx) * (14 / radius), y + (y - cy) * (14 / radius)];
        const middle = Math.abs(x - cx) < radius * 0.12;
        const own = lines[index] ?? [];
        const top = ly < cy - radius * 0.9 ? ly - (own.length - 1) * 15 : ly > cy + radius * 0.9 ? ly + 8 : ly + 4 - ((own.length - 1) * 15) / 2;
        return own.map((line, nr) => (
          <text key={`${key} ${nr}`} x={lx} y={top + nr * 15} className={`c-axis ${middle ? 'c-mid' : x < cx ? 'c-end' : ''}`.trim()}>{line}</text>
        ));
      })}
    </>
  );
  return { height: narrow ? below + axes.length * 21 : 2 * radius + 96, content };
}
