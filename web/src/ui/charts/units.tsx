// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { Drawing } from './figure';

/** One block per thing, so that the unknown ones are drawn as large as the known ones. */
export function drawUnits(width: number, groups: { count: number; fill: string }[]): Drawing {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const perRow = Math.min(count, Math.max(10, Math.floor(width / 29)));
  // The same number in every row where that can be: 78 is 3 × 26.
  const rows = Math.ceil(count / perRow);
  const columns = Math.ceil(count / rows);
  const step = width / columns;
  const size = Math.min(step - 4, 27);
  const fills = groups.flatMap((group) => Array.from({ length: group.count }, () => group.fill));
  return {
    height: rows * (size + 4),
    content: fills.map((fill, at) => (
      <rect key={at} x={(at % columns) * step + 0.6} y={Math.floor(at / columns) * (size + 4) + 0.6}
        width={size - 1.2} height={size - 1.2} className={fill} />
    )),
  };
}
