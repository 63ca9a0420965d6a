// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
/** Own icons on a 24 grid; always beside a word, except search and close on a phone. */
const shapes = {
  search: 'M15.5 15.5L21 21M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13',
  menu: 'M3 6h18M3 12h18M3 18h18',
  next: 'M4 12h15M13 6l6 6-6 6',
  previous: 'M20 12H5M11 6l-6 6 6 6',
  plus: 'M12 5v14M5 12h14',
  lock: 'M6 11h12v9H6zM8.5 11V7.500a3.500 3.500 0 0 1 7 0V11',
  close: 'M5 5l14 14M19 5L5 19',
  check: 'M4.5 12.5l5 5L19.5 7',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  print: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
  warning: 'M12 3.5L22 20.5H2zM12 10v5M12 17.6v.3',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5.500M12 7.600v.3',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700l-1.500 1.500M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500',
  download: 'M12 4v12M6.500 11l5.500 5.500 5.500-5.500M4 20.500h16',
  user: 'M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4 21c1-4.500 4-6.500 8-6.500s7 2 8 6.500',
  tray: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1.500 2.500h3L15 13h5',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name }: { name: IconName }) {
  return <svg className="bp-icon" viewBox="0 0 24 24" aria-hidden="true"><path d={shapes[name]} /></svg>;
}

/** The mark: a measured value with its interval, read as the letter b. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path className="bp-mark-line" d="M9.5 3.4V28.6M4.5 3.4h10M4.5 28.6h10" />
      <circle className="bp-mark-line" cx="18.8" cy="18.2" r="7.4" />
      <circle className="bp-mark-dot" cx="18.8" cy="18.2" r="3.9" />
    </svg>
  );
}

/** The boxed ≠ of "does not add up"; the words stand beside it. */
export function ClashMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <rect className="bp-clash-box" x="1.5" y="1.5" width="21" height="21" rx="3" />
      <path className="bp-clash-lines" d="M6.5 9.5h11M6.5 14.5h11M15.2 5.8L8.8 18.2" />
    </svg>
  );
}

/** The patterns of the charts: their meaning survives a grey printer. Drawn once per page, and once per SVG file. */
export function Patterns() {
  return (
    <defs>
      <pattern id="p-rest" width="5" height="5" patternUnits="userSpaceOnUse">
        <path className="p-line" d="M-1 1L1 -1M0 5L5 0M4 6L6 4" />
      </pattern>
      <pattern id="p-unknown" width="4" height="4" patternUnits="userSpaceOnUse">
        <path className="p-line-u" d="M-1 3L1 5M0 0L4 4M3 -1L5 1" />
      </pattern>
      <pattern id="p-over" width="5" height="5" patternUnits="userSpaceOnUse">
        <path className="p-line-o" d="M-1 1L1 -1M0 5L5 0M4 6L6 4" />
      </pattern>
    </defs>
  );
}

export function Sprite() {
  return <svg className="bp-sprite" aria-hidden="true" focusable="false"><Patterns /></svg>;
}
