// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode, useId, useRef, useState } from 'react';
import { Heading, type Level, LinkButton } from '../elements';
import { fill, useTexts } from '../language';
import { DataTable } from '../table';
import { texts } from '../texts';
import { csvFile, save, standingAlone, svgFile, visibleText } from './download';
import { useWidth } from './measure';
import { framed, measureOnCanvas, rasterise } from './picture';

export interface LegendItem { fill: string; text: string }

/** A cell of the table behind a chart: a number that leads to its source, and the plain text of it for the file. */
export interface ChartCell { content: ReactNode; text: string }

export interface ChartTable {
  columns: string[];
  rows: { key: string; label: string; cells: ChartCell[] }[];
}

export interface Drawing { height: number; content: ReactNode }

/** A chart with everything that belongs to it: a finding as title, what it shows, the drawing with one summarising
    sentence, what it does not show, its source, the table behind it, and files to take along. */
export function Chart({ title, level = 3, subtitle, summary, legend, draw, note, source, table, file }: {
  title: string;
  level?: Level;
  subtitle: ReactNode;
  /** One sentence that says what the drawing shows, for who does not see it. */
  summary: string;
  legend?: LegendItem[];
  /** The drawing for this many CSS pixels. */
  draw: (width: number) => Drawing;
  note?: ReactNode;
  source: ReactNode;
  table: ChartTable;
  /** Name of the files, without extension. */
  file: string;
}) {
  const words = useTexts(texts).chart;
  const id = useId();
  const [box, width] = useWidth((wide) => draw(wide).height);
  const drawn = useRef<SVGSVGElement>(null);
  const figure = useRef<HTMLElement>(null);
  const [shown, setShown] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [failed, setFailed] = useState(false);
  const { height, content } = draw(width);

  const drawing = () => drawn.current && svgFile(drawn.current, document.querySelector<SVGDefsElement>('.bp-sprite defs'));
  const saveSvg = () => {
    const content = drawing();
    if (content) save(`${file}.svg`, 'image/svg+xml', content);
  };
  const savePng = async () => {
    const content = drawing();
    const around = figure.current;
    if (!content || !around) return;
    setFailed(false);
    try {
      const picture = framed(content, { width, height }, {
        title,
        subtitle: visibleText(around.querySelector('.bp-fig__sub')),
        legend: [...around.querySelectorAll('.bp-legend li')].flatMap((item) => {
          const swatch = item.querySelector('svg');
          return swatch ? [{ swatch: standingAlone(swatch), text: visibleText(item) }] : [];
        }),
        source: visibleText(around.querySelector('.bp-fig__foot > span')),
      }, measureOnCanvas());
      save(`${file}.png`, 'image/png', await rasterise(picture.svg, picture.width, picture.height));
    } catch {
      setFailed(true);
    }
  };
  const saveCsv = () => save(`${file}.csv`, 'text/csv;charset=utf-8', csvFile([
    table.columns, ...table.rows.map((row) => [row.label, ...row.cells.map((cell) => cell.text)]),
  ]));

  return (
    <div className="bp-fig">
      <figure className="bp-fig__drawing" aria-labelledby={id} ref={figure}>
        <Heading level={level} id={id}>{title}</Heading>
        <p className="bp-fig__sub">{subtitle}</p>
        {legend && <Legend items={legend} />}
        <div ref={box}>
          <svg className="bp-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary} ref={drawn}>{content}</svg>
        </div>
        {note && <div className="bp-fig__note">{note}</div>}
        <figcaption className="bp-fig__foot">
          <span>{words.source} {source}</span>
          <div className="bp-fig__tools">
            <LinkButton aria-expanded={shown} aria-controls={`${id}-tabel`} onClick={() => setShown(!shown)}>
              {shown ? words.hide : words.show}<span className="bp-vh"> {fill(words.of, { title })}</span>
            </LinkButton>
            <LinkButton aria-expanded={choosing} aria-controls={`${id}-bestanden`} onClick={() => setChoosing(!choosing)}>
              {words.download}<span className="bp-vh"> {fill(words.of, { title })}</span>
            </LinkButton>
          </div>
        </figcaption>
      </figure>
      <div id={`${id}-bestanden`} className="bp-fig__files bp-screen" hidden={!choosing}>
        <LinkButton onClick={() => void savePng()}>{words.download_png}</LinkButton>
        <LinkButton onClick={saveSvg}>{words.download_svg}</LinkButton>
        <LinkButton onClick={saveCsv}>{words.download_csv}</LinkButton>
        <span role="status">{failed && words.download_failed}</span>
      </div>
      <div id={`${id}-tabel`} className="bp-fig__table bp-screen" hidden={!shown}>
        {shown && (
          <DataTable caption={title} columns={table.columns}
            rows={table.rows.map((row) => ({ key: row.key, header: row.label, cells: row.cells }))} />
        )}
      </div>
    </div>
  );
}

export function Legend({ items }: { items: LegendItem[] }) {
  return (
    <ul className="bp-legend">
      {items.map((item) => (
        <li key={item.text}>
          <svg viewBox="0 0 24 12" aria-hidden="true">
            {item.fill === 'f-over' && <rect x=".6" y=".6" width="22.8" height="10.8" className="f-light" />}
            <rect x=".6" y=".6" width="22.8" height="10.8" className={item.fill} />
          </svg>
          {item.text}
        </li>
      ))}
    </ul>
  );
}
