// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
/** What the SVG file needs of the stylesheet, because a file has no page around it. */
const properties = [
  'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'stroke-linecap', 'opacity', 'paint-order',
  'font-family', 'font-size', 'font-weight', 'text-anchor',
];

/** The drawing as a file that stands alone: colours as attributes, patterns and the summary inside. */
export function svgFile(drawing: SVGSVGElement, patterns: SVGDefsElement | null): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  if (patterns) {
    const own = patterns.cloneNode(true) as SVGDefsElement;
    inline(patterns, own);
    copy.prepend(own);
  }
  const from = [...drawing.querySelectorAll('*')];
  const to = [...copy.querySelectorAll('*')].filter((element) => !element.closest('defs'));
  from.filter((element) => !element.closest('defs')).forEach((element, at) => copyStyle(element, to[at]));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(drawing.viewBox.baseVal.width));
  copy.setAttribute('height', String(drawing.viewBox.baseVal.height));
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = drawing.getAttribute('aria-label');
  copy.prepend(title);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/** A part of a drawing, such as the swatch of a legend, with its colours as attributes. */
export function standingAlone(part: SVGElement): string {
  const copy = part.cloneNode(true) as SVGElement;
  inline(part, copy);
  return [...copy.children].map((child) => new XMLSerializer().serializeToString(child)).join('');
}

/** What a reader sees of an element: without what is there for screen readers only. */
export function visibleText(element: Element | null): string {
  const copy = element?.cloneNode(true) as Element | undefined;
  copy?.querySelectorAll('.bp-vh').forEach((hidden) => hidden.remove());
  return copy?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

function inline(from: Element, to: Element) {
  const targets = [...to.querySelectorAll('*')];
  [...from.querySelectorAll('*')].forEach((element, at) => copyStyle(element, targets[at]));
}

function copyStyle(from: Element, to: Element | undefined) {
  if (!to) return;
  const style = getComputedStyle(from);
  for (const property of properties) {
    const value = style.getPropertyValue(property);
    // A pattern is referred to by its name alone, so that it is found inside the file.
    if (value) to.setAttribute(property, value.replace(/url\("?[^"#)]*(#[\w-]+)"?\)/, 'url($1)'));
  }
  to.removeAttribute('class');
}

/** A field of a CSV file (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe. */
export function csvField(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.,])/.test(text) ? `'${text}` : text;
  return /[",;\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export const csvFile = (rows: string[][]): string => rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');

/** Hands a file to the reader. */
export function save(name: string, type: string, content: string | Blob) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Later, because some browsers read the address only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
