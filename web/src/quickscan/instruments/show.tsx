// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { components } from '../../app/api';
import { useDocumentName } from '../../figures/document-names';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Tag, Tags } from '../../ui/tags';
import { texts } from './texts';

export type Instrument = components['schemas']['Instrument'];
export type Question = components['schemas']['InstrumentQuestion'];
type Source = components['schemas']['InstrumentSource'];
interface Named { key: string; version: number }

export const instrumentLink = ({ key, version }: Named): string => `/vragenlijsten/${key}/${version}`;
export const formLink = ({ key, version }: Named): string => `/api/v1/instruments/${key}/versions/${version}/xlsform`;

/** Version, status, kind and whether wording is reconstructed. */
export function StatusTags({ instrument }: {
  instrument: Pick<Instrument, 'version' | 'status' | 'kind' | 'reconstructed'>;
}) {
  const words = useTexts(texts);
  return (
    <Tags>
      {[
        <Tag key="v" kind="fact">{fill(words.version, { version: instrument.version })}</Tag>,
        <Tag key="s" kind={instrument.status === 'published' ? 'ok' : 'theme'}>{words.status[instrument.status]}</Tag>,
        <Tag key="k" kind="fact">{words.kind[instrument.kind]}</Tag>,
        instrument.reconstructed && <Tag key="r" kind="warn">{words.reconstructed}</Tag>,
      ]}
    </Tags>
  );
}

/** "Format Quickscan, toelichting bij vraag 4, regels 31–36", one for each place. */
export function Sources({ sources }: { sources: Source[] }) {
  const words = useTexts(texts).one;
  const language = useLanguage();
  const documentName = useDocumentName();
  return (
    <ul className="bp-list">
      {sources.map((source, at) => {
        const place = { document: documentName(source.document), place: source.place[language] };
        const lines = source.lines?.replace('-', '–') ?? '';
        return (
          <li key={at}>
            {lines === '' ? fill(words.source_plain, place)
              : fill(words.source, { ...place, lines: fill(lines.includes('–') ? words.lines : words.line, { lines }) })}
          </li>
        );
      })}
    </ul>
  );
}
