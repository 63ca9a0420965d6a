// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { columnsNear } from './slip';

describe('The columns of a slip', () => {
  it('are all of them when they fit', () => expect(columnsNear(0, [6, 6, 6], 18)).toEqual([0, 1, 2]));

  it.each([
    [0, [0, 1, 2]], [3, [2, 3, 4]], [7, [5, 6, 7]],
  ])('are those around number %i of eight, in the order of the table', (spot, kept) => {
    expect(columnsNear(spot, Array<number>(8).fill(12), 38)).toEqual(kept);
  });

  it('always hold the number itself, however wide it is', () => expect(columnsNear(1, [4, 90, 4], 38)).toEqual([1]));

  it('stop at the first neighbour without room, so that no gap is passed over in silence', () => {
    expect(columnsNear(0, [10, 30, 4], 38)).toEqual([0]);
  });
});
