// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useId } from 'react';
import { Heading, Lead, Paragraph } from '../../ui/elements';
import { ScrollBox } from '../../ui/table';
import type { DocumentBlock, DocumentFigure, DocumentTable, ReportDocument } from './report';
import './report.css';

/** A document of the server, block by block: the same blocks that the PDF and the ODT are written from. */
export function ReportBody({ document }: { document: ReportDocument }) {
  const id = useId();
  return (
    <div className="bp-report" lang={document.language}>
      {document.blocks.map((block, at) => <Block key={at} block={block} id={`${id}-${at}`} under={headingsOver(document.blocks, at).map((heading) => `${id}-${heading}`).join(' ')} />)}
    </div>
  );
}

/** The headings over a block: of its chapter, its paragraph, and so on. */
function headingsOver(blocks: DocumentBlock[], at: number): number[] {
  const over: number[] = [];
  let level = Infinity;
  for (let before = at - 1; before >= 0 && level > 1; before -= 1) {
    const block = blocks[before];
    if (block?.kind !== 'heading' || block.level >= level) continue;
    over.unshift(before);
    level = block.level;
  }
  return over;
}

function Block({ block, id, under }: {
  block: DocumentBlock; id: string;
  /** The headings that it stands under, from the widest on. */
  under: string;
}) {
  switch (block.kind) {
    case 'heading': return <Heading id={id} level={(Math.min(Math.max(block.level, 1), 3) + 1) as 2 | 3 | 4}>{block.text}</Heading>;
    case 'lead': return <Lead>{block.text}</Lead>;
    case 'paragraph': return <Paragraph className="bp-prose">{block.text}</Paragraph>;
    case 'remark': return <Paragraph className="bp-small bp-soft bp-prose">{block.text}</Paragraph>;
    case 'tick': return <Paragraph>☐ {block.text}</Paragraph>;
    case 'write_line': return <p className="bp-report__line" aria-hidden="true" />;
    case 'new_page': return <div className="bp-report__page" />;
    case 'bullets': return <ul className="bp-prose">{block.items.map((item, at) => <li key={at}>{item}</li>)}</ul>;
    case 'numbered': return <ol className="bp-prose">{block.items.map((item, at) => <li key={at}>{item}</li>)}</ol>;
    case 'table': return block.table ? <Table table={block.table} id={id} under={under} /> : null;
    case 'figure': return block.figure ? <Figure figure={block.figure} /> : null;
  }
}

function Table({ table, id, under }: { table: DocumentTable; id: string; under: string }) {
  const name = (column: number) => (table.numbers.includes(column) ? 'bp-report__number' : undefined);
  return (
    <ScrollBox labelledBy={`${under} ${id}`}>
      <table className="utrecht-table bp-report__table">
        <caption className="utrecht-table__caption" id={id}>{table.caption}</caption>
        <thead><tr>{table.head.map((cell, at) => <th key={at} scope="col" className={name(at)}>{cell}</th>)}</tr></thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line}>{row.map((cell, at) => (at === 0 ? <th key={at} scope="row">{cell}</th> : <td key={at} className={name(at)}>{cell}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Figure({ figure }: { figure: DocumentFigure }) {
  return (
    <figure className="bp-report__figure">
      <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(figure.svg)}`} alt={figure.description}
        width={figure.width * 4} height={figure.height * 4} />
      <figcaption className="bp-small bp-soft">{figure.title}</figcaption>
    </figure>
  );
}

/** A report on paper, for a page that shows the same in another way on the screen: title, date and source are in it. */
export function ReportOnPaper({ document }: { document: ReportDocument }) {
  return (
    <div className="bp-onpaper" lang={document.language}>
      <div className="bp-wrap"><div className="bp-page">
        <Heading level={1}>{document.title}</Heading>
        <Lead>{document.subtitle}</Lead>
        {document.marker !== '' && <p className="bp-report__marker">{document.marker}</p>}
        <ReportBody document={document} />
      </div></div>
    </div>
  );
}
