// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { framed, lines } from './picture';

const tenAletter = (text: string) => text.length * 10;
const drawing = '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"><rect id="bar"/></svg>';

describe('The lines of a text', () => {
  it('break between words where it gets too wide', () => {
    expect(lines('een twee drie vier', 100, tenAletter)).toEqual(['een twee', 'drie vier']);
  });

  it('leave a word alone that is wider than a line', () => {
    expect(lines('a onvoorstelbaarlang b', 50, tenAletter)).toEqual(['a', 'onvoorstelbaarlang', 'b']);
  });

  it('are none for an empty text', () => {
    expect(lines('  ', 50, tenAletter)).toEqual([]);
  });
});

describe('A chart as a picture', () => {
  const frame = { title: 'Meer dan <helft> & meer', subtitle: '', legend: [{ swatch: '<rect id="swatch"/>', text: 'Nu' }], source: 'Bron: factsheet, regel 12' };
  const picture = framed(drawing, { width: 400, height: 200 }, frame, (text, size) => text.length * size * 0.5);
  const parsed = new DOMParser().parseFromString(picture.svg, 'image/svg+xml');

  it('is well-formed, whatever the words hold', () => {
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.documentElement.textContent).toContain('Meer dan <helft> & meer');
  });

  it('has a white ground, the title above, the drawing, and the source below it', () => {
    const ground = parsed.querySelector('rect');
    expect(ground?.getAttribute('fill')).toBe('#fff');
    expect(ground?.getAttribute('height')).toBe(String(picture.height));
    const texts = [...parsed.querySelectorAll('text')];
    const y = (words: string) => Number(texts.find((text) => text.textContent?.includes(words))?.getAttribute('y'));
    const bar = Number(parsed.querySelector('#bar')?.closest('svg[viewBox="0 0 400 200"]')?.getAttribute('y'));
    expect(y('Meer dan')).toBeLessThan(bar);
    expect(y('Bron:')).toBeGreaterThan(bar + 200);
    expect(picture.height).toBeGreaterThan(y('Bron:'));
  });

  it('keeps the legend, without which nobody can read the colours', () => {
    expect(parsed.querySelector('#swatch')).not.toBeNull();
    expect(parsed.documentElement.textContent).toContain('Nu');
  });
});
