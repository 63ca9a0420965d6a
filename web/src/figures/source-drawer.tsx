// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode, useState } from 'react';
import { type Answer, useResource } from '../app/client';
import { ProblemNotice } from '../app/problem';
import { textWidth } from '../ui/charts/measure';
import { AddsUp, Certainty, Clash } from '../ui/clash';
import { Drawer } from '../ui/drawer';
import { Button, Link, Paragraph } from '../ui/elements';
import { formatNumber } from '../ui/format';
import { ClashMark, Icon } from '../ui/icons';
import { fill, useLanguage, useTexts } from '../ui/language';
import { drawerId, useSourceDoor } from '../ui/number';
import { Facts } from '../ui/notes';
import { columnsNear, SourceSlip } from '../ui/slip';
import { ScrollBox } from '../ui/table';
import { NotANumber } from '../ui/void';
import { checkPrefix } from './check-number';
import { placeOf } from './places';
import { type Check, type Figure, formatValue, useLines, useValueText } from './show';
import { texts } from './texts';

type Detail = Answer<'/api/v1/figures/{key}'>;

/** The source of one number: what is printed and where, what it means, which checks it takes part in, where else it is
    used, and how to refer to it. */
export default function SourceDrawer(props: { figure: string; onClose: () => void; takesFocus: boolean }) {
  return props.figure.startsWith(checkPrefix) ? <CheckDrawer {...props} /> : <FigureDrawer {...props} />;
}

interface DrawerProps { figure: string; onClose: () => void; takesFocus: boolean }

function FigureDrawer({ figure, onClose, takesFocus }: DrawerProps) {
  const words = useTexts(texts).drawer;
  const { data, problem } = useResource('/api/v1/figures/{key}', { path: { key: figure } });
  return (
    <Drawer title={words.title} onClose={onClose} takesFocus={takesFocus}>
      {problem && (problem.status === 404 ? <Paragraph>{words.missing}</Paragraph> : <ProblemNotice problem={problem} />)}
      {!data && !problem && <p className="bp-vh" role="status">{words.loading}</p>}
      {data && <Source detail={data} key={figure} />}
    </Drawer>
  );
}

/** A recomputation: what came out, what is printed, and every number that is in it. */
function CheckDrawer({ figure, onClose, takesFocus }: DrawerProps) {
  const words = useTexts(texts).drawer;
  const { data, problem } = useResource('/api/v1/checks');
  const check = data?.items.find((one) => one.key === figure.slice(checkPrefix.length));
  return (
    <Drawer title={words.check_title} onClose={onClose} takesFocus={takesFocus}>
      {problem && <ProblemNotice problem={problem} />}
      {!data && !problem && <p className="bp-vh" role="status">{words.loading}</p>}
      {data && (check ? <Recomputation check={check} key={check.key} /> : <Paragraph>{words.missing}</Paragraph>)}
    </Drawer>
  );
}

function Recomputation({ check }: { check: Check }) {
  const language = useLanguage();
  const words = useTexts(texts).drawer;
  const number = (value: number | undefined) => (value === undefined ? '' : formatNumber(value, language, check.decimals));
  const facts: [string, ReactNode][] = [
    [words.check_printed, <span key="p" className="bp-doc">{check.printedText || number(check.printed)}</span>],
    [words.check_recomputed, number(check.recomputed)],
    [words.check_difference, number(check.difference)],
    [words.check_margin, check.tolerance > 0 && `${formatNumber(check.tolerance, language, check.decimals)}. ${check.toleranceReason[language]}`],
  ];
  return (
    <>
      <p className="bp-drawer__value"><b className="bp-drawer__ours">{number(check.recomputed)}</b><span>{words.computed}</span></p>
      <p className="bp-drawer__label">{check.title[language]}</p>
      <p>{check.outcome === 'differs' ? <Clash>{capital(words.check_differs)}</Clash>
        : <AddsUp>{capital(check.outcome === 'agrees' ? words.check_agrees : words.check_rounding)}</AddsUp>}</p>
      <section>
        <h3>{words.how}</h3>
        {check.formula[language] && <p>{check.formula[language]}</p>}
        {check.terms.length > 0 && (
          <>
            <p className="bp-small bp-soft bp-gap">{words.inputs}</p>
            <ul className="bp-plain bp-small">{check.terms.map((key) => <li key={key}><NumberOfKey source={key} /></li>)}</ul>
          </>
        )}
      </section>
      <section>
        <h3>{words.check_about}</h3>
        <Facts items={facts.filter(([, value]) => value !== '' && value !== false)} />
        {check.printedFigure && <p className="bp-small bp-gap"><NumberOfKey source={check.printedFigure} /></p>}
        {check.finding && <p className="bp-small bp-gap"><Link to={`/kloppen-de-cijfers#${check.finding}`}>{fill(words.check_finding, { id: check.finding })}</Link></p>}
      </section>
      <Refer source={checkPrefix + check.key} citation={`${check.title[language]}: ${check.formula[language]}. Beproefd, ${language === 'en' ? '/en' : ''}/cijfers?bron=${checkPrefix}${check.key}.`} />
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A number of which only the key is known here; it opens in this same drawer. */
function NumberOfKey({ source }: { source: string }) {
  const { data } = useResource('/api/v1/figures/{key}', { path: { key: source } });
  return data ? <OtherNumber figure={data.figure} /> : null;
}

const blocks = { printed: 4, high: 4, medium_high: 3, medium: 2, none: 1 } as const;

function Source({ detail }: { detail: Detail }) {
  const language = useLanguage();
  const words = useTexts(texts);
  const { figure, document } = detail;
  const lines = useLines();
  const say = (text: { nl: string; en: string }) => text[language];
  const facts: [string, ReactNode][] = [];
  const add = (name: string, value: ReactNode) => { if (value) facts.push([name, value]); };
  add(words.drawer.means, say(figure.definition));
  add(words.drawer.reading, say(figure.reading));
  add(words.drawer.precision, figure.precision === 'exact' ? '' : words.precision[figure.precision]);
  add(words.drawer.period, figure.period && say(figure.period.words));
  add(words.drawer.population, figure.population !== undefined && fill(words.drawer.population_value, { n: figure.population }));
  add(words.drawer.track, figure.track && (words.tracks[figure.track as keyof typeof words.tracks] ?? figure.track));
  if (figure.rule === '') {
    add(words.drawer.document, say(document.title));
    add(words.drawer.place, [say(figure.section), lines(figure.line)].filter(Boolean).join(', '));
    add(words.drawer.also_at, figure.alsoAt.map((place) => lines(place.line)).join(', '));
    add(words.drawer.certainty, (
      <Certainty blocks={blocks[figure.confidence]}>
        {words.confidence[figure.confidence]}: {say(figure.confidenceReason) || words.confidence_reason}
      </Certainty>
    ));
  }
  add(words.drawer.alternative, figure.alternative !== undefined
    && fill(words.drawer.alternative_value, { value: formatValue(figure.alternative, figure.unit, figure.decimals, language) }));
  add(words.drawer.note, say(figure.note));

  return (
    <>
      <Value figure={figure} />
      <p className="bp-drawer__label">{say(figure.label)}</p>
      <Verdict figure={figure} checks={detail.checks} />
      {figure.rule === '' ? <PrintedLines detail={detail} /> : <Computation detail={detail} />}
      <section><h3>{words.drawer.about}</h3><Facts items={facts} /></section>
      {detail.checks.length > 0 && (
        <section>
          <h3>{words.drawer.checks}</h3>
          <ul className="bp-checks">{detail.checks.map((check) => <CheckLine key={check.key} check={check} />)}</ul>
        </section>
      )}
      <UsedIn detail={detail} />
      <Refer source={detail.figure.key} citation={detail.citation[language]} />
    </>
  );
}

function Value({ figure }: { figure: Figure }) {
  const language = useLanguage();
  const words = useTexts(texts).drawer;
  const valueText = useValueText();
  if (figure.rule !== '')
    return <p className="bp-drawer__value"><b className="bp-drawer__ours">{valueText(figure)}</b><span>{words.computed}</span></p>;
  if (figure.kind === 'not_printed' || figure.kind === 'blank')
    return <p className="bp-drawer__value"><NotANumber kind={figure.kind} /><span>{words.no_print}</span></p>;
  return (
    <p className="bp-drawer__value">
      <span className="bp-doc">{figure.printed || valueText(figure)}</span>
      <span>{figure.unit === 'year' ? '' : `${figure.unitWords[language]}, `}{words.printed}</span>
    </p>
  );
}

function Verdict({ figure, checks }: { figure: Figure; checks: Check[] }) {
  const language = useLanguage();
  const words = useTexts(texts).drawer;
  if (figure.corrected !== undefined) {
    const value = formatValue(figure.corrected, figure.unit, figure.decimals, language);
    return <p><Clash>{fill(words.should_be, { value })}</Clash></p>;
  }
  if (checks.length === 0) return null;
  return checks.some((check) => check.outcome === 'differs')
    ? <p><Clash>{words.not_adding_up}</Clash></p> : <p><AddsUp>{words.adds_up}</AddsUp></p>;
}

/** What a slip in the drawer has for its lines, in CSS pixels; on a phone the drawer is narrower. */
const slipWidth = () => (window.innerWidth < 480 ? 256 : 332);

function PrintedLines({ detail }: { detail: Detail }) {
  const language = useLanguage();
  const words = useTexts(texts).drawer;
  const lines = useLines();
  const { slip } = detail;
  if (slip.rows.length === 0) return null;
  const spot = Math.max(0, slip.rows.find((row) => row.lit)?.cells.findIndex((cell) => cell.spot) ?? 0);
  const longest = (text: string) => Math.max(...text.split(' ').map((word) => word.length));
  const widths = slip.columns.map((column, at) => 10 + Math.max(
    textWidth('0'.repeat(Math.max(...slip.rows.map((row) => row.cells[at]?.printed.length ?? 0))), 15),
    textWidth('a'.repeat(longest(column.label[language])), 14),
  ));
  const names = 12 + textWidth('a'.repeat(Math.max(...slip.rows.map((row) => longest(row.label[language])))), 15);
  const kept = columnsNear(spot, widths, slipWidth() - names);
  // A list of single facts has one column without a name that says anything; the row is enough.
  const columns = slip.columns.length > 1 ? ['', ...kept.map((at) => slip.columns[at]?.label[language] ?? '')] : [];
  const rowsLeft = slip.rows.some((row) => row.skippedBefore);
  const columnsLeft = kept.length < slip.columns.length;
  const skipped = rowsLeft && columnsLeft ? words.skipped_both : rowsLeft ? words.skipped : columnsLeft ? words.skipped_columns : '';
  return (
    <section>
      <h3 id={`${drawerId}-zo`}>{words.slip}</h3>
      <ScrollBox labelledBy={`${drawerId}-zo`}>
        <SourceSlip title={slip.title[language]} lines={lines(slip.firstLine, slip.lastLine)} columns={columns}
          rows={slip.rows.map((row) => ({
            key: row.key, label: row.label[language], lit: row.lit,
            cells: kept.flatMap((at) => row.cells[at] ?? []).map((cell) => ({ text: cell.printed, spot: cell.spot })),
          }))}
          foot={<>{skipped && `${skipped} `}{detail.lineNote[language]}</>} />
      </ScrollBox>
    </section>
  );
}

function Computation({ detail }: { detail: Detail }) {
  const language = useLanguage();
  const words = useTexts(texts).drawer;
  return (
    <section>
      <h3>{words.how}</h3>
      {detail.rule && <p><b>{detail.rule.title[language]}</b>: {detail.rule.formula[language]}</p>}
      <p className="bp-small bp-soft bp-gap">{words.inputs}</p>
      <ul className="bp-plain bp-small">
        {detail.inputs.map((input) => <li key={input.key}><OtherNumber figure={input} /></li>)}
      </ul>
    </section>
  );
}

/** Another number, that opens in this same drawer. */
function OtherNumber({ figure }: { figure: Figure }) {
  const language = useLanguage();
  const valueText = useValueText();
  return (
    <SourceLink source={figure.key}>{figure.label[language]}: {valueText(figure) || <NotANumber kind={figure.kind === 'blank' ? 'blank' : 'not_printed'} />}</SourceLink>
  );
}

function SourceLink({ source, children }: { source: string; children: ReactNode }) {
  const door = useSourceDoor();
  return (
    <button type="button" className="bp-linkbutton bp-linkbutton--left"
      onClick={(event) => door.toggle(source, event.currentTarget)}>{children}</button>
  );
}

function CheckLine({ check }: { check: Check }) {
  const language = useLanguage();
  const words = useTexts(texts).drawer;
  const outcome = { agrees: words.check_agrees, within_rounding: words.check_rounding, differs: words.check_differs }[check.outcome];
  const formula = check.formula[language];
  return (
    <li>
      {check.outcome === 'differs' ? <ClashMark /> : <Icon name="check" />}
      <span>
        {check.finding ? <Link to={`/kloppen-de-cijfers#${check.finding}`}>{check.title[language]}</Link> : check.title[language]}: {outcome}
        {formula && <span className="bp-soft bp-block">{formula}</span>}
      </span>
    </li>
  );
}

function UsedIn({ detail }: { detail: Detail }) {
  const language = useLanguage();
  const words = useTexts(texts).drawer;
  const uses = detail.usedIn.filter((use) => use.kind === 'figure' || placeOf(use.kind, use.key) !== null);
  if (uses.length === 0) return null;
  return (
    <section>
      <h3>{words.used}</h3>
      <ul className="bp-plain bp-small">
        {uses.map((use) => {
          const to = placeOf(use.kind, use.key);
          return (
            <li key={use.kind + use.key}>
              {to ? <Link to={to}>{use.title[language]}</Link> : <SourceLink source={use.key}>{use.title[language]}</SourceLink>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Refer({ source, citation: said }: { source: string; citation: string }) {
  const language = useLanguage();
  const words = useTexts(texts).drawer;
  const [copied, setCopied] = useState<'link' | 'citation' | null>(null);
  const link = `${window.location.origin}${language === 'en' ? '/en' : ''}/cijfers?bron=${encodeURIComponent(source)}`;
  // The server does not know under which name it is reached; who cites needs the whole address.
  const citation = said.replace(/(\/en)?\/cijfers\?bron=/, (path) => window.location.origin + path);
  const copy = async (what: 'link' | 'citation') => {
    try {
      await navigator.clipboard.writeText(what === 'link' ? link : citation);
      setCopied(what);
    } catch {
      // Without permission for the clipboard the text below can still be selected.
      setCopied(null);
    }
  };
  return (
    <section>
      <h3>{words.refer}</h3>
      <div className="bp-actions">
        <Button small icon="link" onClick={() => void copy('link')}>{copied === 'link' ? words.copied : words.copy_link}</Button>
        <Button small purpose="subtle" onClick={() => void copy('citation')}>{copied === 'citation' ? words.copied : words.copy_citation}</Button>
      </div>
      <p className="bp-tiny bp-soft bp-gap bp-break">{citation}</p>
      <span role="status" className="bp-vh">{copied ? words.copied : ''}</span>
    </section>
  );
}
