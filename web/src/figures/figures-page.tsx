// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useSearchParams } from 'react-router';
import { address, usePages, useResource } from '../app/client';
import { ProblemNotice, ProblemPage } from '../app/problem';
import { Button, ButtonLink, Heading, Link } from '../ui/elements';
import { SelectField, TextField } from '../ui/form';
import { formatNumber } from '../ui/format';
import { fill, useLanguage, useTexts } from '../ui/language';
import { Empty } from '../ui/notes';
import { Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { documentNames, useDocumentName } from './document-names';
import { FigureNumber, type Figure, useLines } from './show';
import { texts } from './texts';

/** How many figures stand on the page, and how many more at each request. */
const first = 50;
const more = 250;
const formats = ['csv', 'xlsx', 'json'] as const;

/** Search and filter all figures, and take the selection along. The choice stands in the address. */
export default function FiguresPage() {
  const language = useLanguage();
  const words = useTexts(texts);
  const here = words.figures_page;
  const names = useTexts(documentNames);
  const [search, setSearch] = useSearchParams();
  const chosen = {
    q: search.get('q') ?? undefined, document: search.get('document') ?? undefined,
    year: /^(19\d\d|20\d\d|2100)$/.exec(search.get('jaar') ?? '')?.[0], cluster: search.get('cluster') ?? undefined,
    source: search.get('soort') ?? undefined, kind: search.get('waarde') ?? undefined,
  };
  const choice = JSON.stringify(chosen);
  const clusters = useResource('/api/v1/clusters').data?.clusters.map(({ key, name }) => ({ value: key, text: name[language] }));
  return (
    <Page title={here.title} tab={here.tab} lead={here.lead} trail={[{ title: useHome(), to: '/' }]} here={here.here}>
      <Section>
        <form className={`bp-filter${Object.values(chosen).some((one) => one !== undefined) ? '' : ' bp-screen'}`} id="zoeken" role="search" key={choice} onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const next = new URLSearchParams();
          for (const [name, value] of form) if (value !== '') next.set(name, String(value));
          setSearch(next);
        }}>
          <TextField label={here.search} hint={here.search_hint} name="q" type="search" defaultValue={chosen.q} />
          <SelectField label={here.document} name="document" defaultValue={chosen.document} options={[
            { value: '', text: here.any_document }, ...Object.entries(names).map(([value, text]) => ({ value, text })),
          ]} />
          <TextField label={here.year} name="jaar" inputMode="numeric" pattern="(19|20)[0-9][0-9]" title={here.year_hint} maxLength={4} defaultValue={chosen.year} />
          {/* The names come from the server: the list is made again when they are there. */}
          <SelectField key={clusters ? 'all' : 'none'} label={here.cluster} name="cluster" defaultValue={chosen.cluster} options={[
            { value: '', text: here.any_cluster }, ...(clusters ?? (chosen.cluster ? [{ value: chosen.cluster, text: chosen.cluster }] : [])),
          ]} />
          <SelectField label={here.source} name="soort" defaultValue={chosen.source} options={[
            { value: '', text: here.any_source }, { value: 'printed', text: here.source_printed }, { value: 'computed', text: here.source_computed },
          ]} />
          <SelectField label={here.kind} name="waarde" defaultValue={chosen.kind} options={[
            { value: '', text: here.any_kind }, ...Object.entries(here.kinds).map(([value, text]) => ({ value, text })),
          ]} />
          <Button type="submit" purpose="primary" icon="search">{here.submit}</Button>
        </form>
      </Section>
      <Selection key={choice} chosen={chosen} onClear={() => setSearch(new URLSearchParams())} />
      <Section title={here.see_also}>
        <ul className="bp-list">
          <li><Link to="/kloppen-de-cijfers">{here.findings}</Link></li>
          <li><Link to="/bronnen">{here.sources}</Link></li>
          <li><Link to="/tabel-nakijken">{here.inspect}</Link></li>
        </ul>
      </Section>
    </Page>
  );
}

const useHome = () => (useLanguage() === 'nl' ? 'Landelijk beeld' : 'National picture');

type Chosen = Record<'q' | 'document' | 'year' | 'cluster' | 'source' | 'kind', string | undefined>;

function Selection({ chosen, onClear }: { chosen: Chosen; onClear: () => void }) {
  const language = useLanguage();
  const here = useTexts(texts).figures_page;
  const pages = usePages('/api/v1/figures', { query: chosen }, first, more);
  if (!pages.data) return pages.problem ? <ProblemPage problem={pages.problem} onRetry={pages.reload} /> : <Loading />;
  const items = pages.data.flatMap((page) => page.items);
  const total = pages.data[0]?.total ?? 0;
  const count = total === 1 ? here.count_one : fill(here.count, { total: formatNumber(total, language) });
  if (total === 0) {
    return (
      <Section>
        <Empty title={here.none_title}><p>{here.none}</p><Button onClick={onClear}>{here.clear}</Button></Empty>
      </Section>
    );
  }
  return (
    <Section>
      <div className="bp-titlebar">
        <div>
          <Heading level={2}>{count}</Heading>
          <span role="status" className="bp-vh">{count}</span>
          <p className="bp-small bp-soft">{here.export_text}</p>
        </div>
        <div className="bp-actions" role="group" aria-label={here.export}>
          {formats.map((format) => (
            <ButtonLink key={format} icon="download" href={address('/api/v1/figure-export', { query: { ...chosen, format } })} download>
              {format.toUpperCase()}
            </ButtonLink>
          ))}
        </div>
      </div>
      <div className="bp-gap"><FigureTable figures={items} /></div>
      {pages.problem && <div className="bp-gap"><ProblemNotice problem={pages.problem} /></div>}
      {pages.more && (
        <div className="bp-actions bp-gap">
          <Button onClick={pages.more}>{here.more}</Button>
          <span className="bp-small bp-soft">{fill(here.shown, { shown: formatNumber(items.length, language), total: formatNumber(total, language) })}</span>
        </div>
      )}
    </Section>
  );
}

export function FigureTable({ figures }: { figures: Figure[] }) {
  const language = useLanguage();
  const here = useTexts(texts).figures_page;
  const documentName = useDocumentName();
  const lines = useLines();
  return (
    <DataTable list caption={here.caption} subtitle={here.subtitle} columns={here.columns} rows={figures.map((figure) => ({
      key: figure.key,
      header: figure.label[language],
      cells: [
        { content: <FigureNumber figure={figure} plain /> },
        { content: figure.unitWords[language] },
        { content: figure.period?.words[language] ?? '' },
        { content: figure.rule === '' ? `${documentName(figure.document)}${figure.line === undefined ? '' : `, ${lines(figure.line)}`}` : here.source_computed },
      ],
    }))} />
  );
}
