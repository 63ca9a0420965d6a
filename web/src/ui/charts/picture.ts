// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A chart as a picture for a slide or a letter, with what it must never be without: its title and its source.

/** What stands around the drawing. A swatch is the SVG of a legend item as a string of its own. */
export interface Frame {
  title: string;
  subtitle: string;
  legend: { swatch: string; text: string }[];
  source: string;
}

/** Width of a text in CSS pixels. */
export type Measure = (text: string, size: number, bold: boolean) => number;

const margin = 24;
const ink = '#1b2530';
const grey = '#4a5560';
const letters = 'font-family="sans-serif"';

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Breaks a text between words into lines that fit. A word that is longer than a line stands alone. */
export function lines(text: string, width: number, measure: (line: string) => number): string[] {
  const broken: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      broken.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? broken : [...broken, line];
}

/** The drawing (an SVG that stands alone) on white, with title, subtitle and legend above and its source below. */
export function framed(drawing: string, size: { width: number; height: number }, frame: Frame, measure: Measure) {
  const inner = size.width;
  const parts: string[] = [];
  let y = margin;
  const paragraph = (text: string, font: number, bold: boolean, color: string) => {
    for (const line of lines(text, inner, (one) => measure(one, font, bold))) {
      y += font * 1.35;
      parts.push(`<text x="${margin}" y="${y.toFixed(1)}" font-size="${font}"${bold ? ' font-weight="700"' : ''} `
        + `fill="${color}" ${letters}>${escape(line)}</text>`);
    }
  };
  paragraph(frame.title, 20, true, ink);
  if (frame.subtitle) {
    y += 4;
    paragraph(frame.subtitle, 14, false, grey);
  }
  if (frame.legend.length > 0) {
    y += 26;
    let x = margin;
    for (const { swatch, text } of frame.legend) {
      const wide = 32 + measure(text, 14, false);
      if (x > margin && x + wide > margin + inner) {
        x = margin;
        y += 24;
      }
      parts.push(`<svg x="${x.toFixed(1)}" y="${(y - 11).toFixed(1)}" width="24" height="12" viewBox="0 0 24 12">${swatch}</svg>`);
      parts.push(`<text x="${(x + 32).toFixed(1)}" y="${y.toFixed(1)}" font-size="14" fill="${ink}" ${letters}>${escape(text)}</text>`);
      x += wide + 24;
    }
    y += 4;
  }
  y += 16;
  parts.push(`<svg x="${margin}" y="${y.toFixed(1)}" width="${size.width}" height="${size.height}" `
    + `viewBox="0 0 ${size.width} ${size.height}">${drawing.replace(/^<\?xml[^>]*>\s*/, '')}</svg>`);
  y += size.height + 8;
  paragraph(frame.source, 13, false, grey);
  const width = size.width + 2 * margin;
  const height = Math.ceil(y + margin);
  return {
    width,
    height,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`
      + `<rect width="${width}" height="${height}" fill="#fff"/>${parts.join('')}</svg>`,
  };
}

/** How wide a text becomes in the letters of a picture, which has no fonts but those of the system. */
export function measureOnCanvas(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  return (text, size, bold) => {
    if (!context) return text.length * size * 0.6;
    context.font = `${bold ? '700 ' : ''}${size}px sans-serif`;
    return context.measureText(text).width;
  };
}

/** Draws an SVG into a PNG, twice as fine as the screen's pixels. The SVG travels as a data: address, which is what the
    content security policy lets an image be. */
export async function rasterise(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('this browser writes no PNG'))), 'image/png');
  });
}
