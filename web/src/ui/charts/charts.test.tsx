// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { drawBars } from './bars';
import { csvField, csvFile } from './download';
import { Chart, type Drawing } from './figure';
import { drawLines } from './line';
import { classOf } from './map';
import { paperWidth } from './measure';
import { drawTwoSided } from './two-sided';
import { drawUnits } from './units';

const bars = (width: number) => drawBars(width, {
  max: 50, ticks: [{ value: 0, text: '0' }, { value: 50, text: '50' }],
  rows: [
    { key: 'a', label: 'Radicalisering', lanes: [{ segments: [{ value: 46, fill: 'f-now' }], end: '46' }] },
    { key: 'b', label: 'Overlast door jongeren', lanes: [{ segments: [], missing: 'geen cijfer gepubliceerd' }] },
  ],
});
const kinds: [string, (width: number) => Drawing][] = [
  ['bars', bars],
  ['two-sided bars', (width) => drawTwoSided(width, {
    n: 49, ticks: [0, 49], missing: 'geen cijfer', missingAll: 'geen cijfer gepubliceerd',
    rows: [
      { key: 'officials', label: 'Ambtenaren', left: 39, right: 22 }, { key: 'police', label: 'Politie', left: 39, right: null },
      { key: 'parents', label: 'Ouders', left: null, right: null },
    ],
  })],
  ['units', (width) => drawUnits(width, [{ count: 3, fill: 'f-now' }, { count: 75, fill: 'f-unknown' }])],
  ['lines', (width) => drawLines(width, {
    periods: ['2008', '2009', '2010'], max: 10, ticks: [{ value: 0, text: '0' }, { value: 10, text: '10' }],
    series: [{ key: 'paid', label: 'betaald', stroke: 's1', points: [2.74, null, 5.27], texts: ['2,74', '', '5,27'] }],
  })],
];

function Shown({ draw }: { draw: (width: number) => Drawing }) {
  return (
    <Chart title="Een bevinding" subtitle="Aantal van 49" summary="Staafdiagram met twee balken." source="regel 145" file="proef" draw={draw}
      table={{ columns: ['Kwestie', 'Aantal'], rows: [{ key: 'a', label: 'Radicalisering', cells: [{ content: '46', text: '46' }] }] }} />
  );
}

describe('The width of a chart on paper', () => {
  it.each([12, 8, 6, 4])('leaves letters of 14 pixels at least 7 points in %i columns', (columns) => {
    const there = columns * 706 / 12 - 26;

    expect(14 * there / paperWidth(columns, () => 300) * 0.75).toBeGreaterThanOrEqual(7);
  });

  it('keeps a drawing of many rows on one sheet', () => {
    const width = paperWidth(12, () => 1300);

    expect(1300 * 680 / width).toBeLessThanOrEqual(800);
  });

  it('ends for a drawing that fits on no sheet', () => expect(paperWidth(12, () => 9000)).toBeLessThan(680 * 2.2));
});

describe.each(kinds)('A chart of %s', (_, draw) => {
  it('is one image with a summarising sentence', () => {
    render(<Shown draw={draw} />);

    expect(screen.getByRole('img', { name: 'Staafdiagram met twee balken.' })).toBeDefined();
  });

  it('has a table behind a button, that tells each number', async () => {
    const user = userEvent.setup();
    render(<Shown draw={draw} />);

    await user.click(screen.getByRole('button', { name: /Toon de cijfers/ }));

    expect(within(screen.getByRole('table')).getByText('46')).toBeDefined();
  });

  it.each([280, 328, 560, 900])('stays within a width of %i and has no style attribute', (width) => {
    const { height, content } = draw(width);
    const { container } = render(<svg>{content}</svg>);

    expect(height).toBeGreaterThan(0);
    expect(container.querySelectorAll('[style]')).toHaveLength(0);
    for (const bar of container.querySelectorAll('rect')) {
      const [x, wide] = [Number(bar.getAttribute('x')), Number(bar.getAttribute('width'))];
      expect(wide).toBeGreaterThanOrEqual(0);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + wide).toBeLessThanOrEqual(width + 0.01);
    }
  });
});

describe('What is not printed', () => {
  it('is a dashed outline over the whole scale with words, never a bar of zero', () => {
    const { container } = render(<svg>{bars(560).content}</svg>);

    expect(container.querySelectorAll('.f-noprint')).toHaveLength(1);
    expect(container.textContent).toContain('geen cijfer gepubliceerd');
  });

  it('breaks a line, which is never drawn through it', () => {
    const { container } = render(<svg>{kinds[3]?.[1](560).content}</svg>);

    expect(container.querySelector('path.s1')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
  });

  it('in a two-sided bar hatches only an overlap that must exist: 39 + 22 − 49 = 12', () => {
    const { container } = render(<svg>{kinds[1]?.[1](560).content}</svg>);
    const overlap = container.querySelector('.f-over');
    const done = container.querySelector('.f-now');
    const scale = (Number(done?.getAttribute('width'))) / 27;

    expect(Number(overlap?.getAttribute('width')) / scale).toBeCloseTo(12, 6);
  });
});

describe('Words in a chart', () => {
  it('stand in a gap only where they fit', () => {
    const draw = (width: number) => render(<svg>{kinds[1]?.[1](width).content}</svg>).container;
    const inGap = (container: HTMLElement) => [...container.querySelectorAll('text')].filter((text) => text.textContent === 'geen cijfer');

    expect(inGap(draw(900))).toHaveLength(1);
    expect(inGap(draw(280))).toHaveLength(0);
  });

  it('of a lower line stand below its point when those of a higher line are in the way', () => {
    const { container } = render(<svg>{drawLines(560, {
      periods: ['2009', '2010'], max: 10, ticks: [{ value: 0, text: '0' }],
      series: [
        { key: 'budget', label: 'begroot', stroke: 's-target', points: [6, 9], texts: ['6,00', '9,00'] },
        { key: 'paid', label: 'betaald', stroke: 's1', points: [5.5, 2], texts: ['5,50', '2,00'] },
      ],
    }).content}</svg>);
    const height = (text: string) => Number([...container.querySelectorAll('text')].find((one) => one.textContent === text)?.getAttribute('y'));
    const point = (at: number) => Number(container.querySelectorAll('circle')[at]?.getAttribute('cy'));

    expect(height('6,00')).toBeLessThan(point(0));
    expect(height('5,50')).toBeGreaterThan(point(2));
    expect(height('2,00')).toBeLessThan(point(3));
  });

  it('under a bracket take two lines where one is wider than the chart', () => {
    const draw = (width: number) => render(<svg>{drawBars(width, {
      max: 28, above: true, axis: false, ticks: [],
      rows: [{ key: 'a', label: 'Wat ermee gebeurde', lanes: [{
        segments: [{ value: 28, fill: 'f-now' }], bracket: { from: 14, to: 28, text: '13,54 naar een ander doel of niet uitgegeven' },
      }] }],
    }).content}</svg>).container.querySelectorAll('text.c-mid');

    expect(draw(900)).toHaveLength(1);
    expect(draw(280)).toHaveLength(2);
  });
});

describe('A unit chart', () => {
  it('draws one block per project, the unknown ones too', () => {
    const { container } = render(<svg>{drawUnits(780, [{ count: 10, fill: 'f-now' }, { count: 68, fill: 'f-unknown' }]).content}</svg>);

    expect(container.querySelectorAll('rect')).toHaveLength(78);
  });
});

describe('A map class', () => {
  it('takes a value on the limit in the lower class', () => {
    expect([1, 100, 101, 401].map((value) => classOf(value, [100, 200, 400, 700]))).toEqual(['m1', 'm1', 'm2', 'm4']);
  });
});

describe('A CSV file', () => {
  it('quotes what RFC 4180 asks to be quoted', () => {
    expect(csvFile([['a', 'b,c'], ['say "x"', '1']])).toBe('a,"b,c"\r\n"say ""x""",1\r\n');
  });

  it('neutralises formulas and leaves negative numbers alone', () => {
    expect(['=1+1', '@x', '+1', '-a', '-0,49', '\u22120,49'].map(csvField)).toEqual(["'=1+1", "'@x", "'+1", "'-a", '"-0,49"', '"\u22120,49"']);
  });
});
