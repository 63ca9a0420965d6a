// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react';
import { SignedIn } from '../../accounts/guard';
import type { components } from '../../app/api';
import { useAction } from '../../app/client';
import { ProblemNotice } from '../../app/problem';
import { Button, Heading, Paragraph } from '../../ui/elements';
import { fill, useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Columns, Grid, Page, Section } from '../../ui/page';
import '../../ui/question.css';
import { DataTable } from '../../ui/table';
import { StatusTags } from './show';
import { texts } from './texts';

type Reading = components['schemas']['InstrumentReading'];

const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The survey manager sees what a form from another program would become here, before it is put among the questionnaires. */
export default function ReadPage() {
  return <SignedIn permission="manage_surveys">{() => <Reader />}</SignedIn>;
}

function Reader() {
  const site = useTexts(texts);
  const words = site.read;
  const [file, setFile] = useState<File>();
  const [missing, setMissing] = useState(false);
  const [reading, setReading] = useState<Reading>();
  const read = useAction<Blob>('POST', '/api/v1/instrument-readings');
  return (
    <Page title={words.title} tab={words.here} lead={words.lead} here={words.here} trail={[{ title: site.list.here, to: '/vragenlijsten' }]}>
      <Section>
        <Grid>
          <Columns span={8} stack>
            <form onSubmit={(event) => {
              event.preventDefault();
              setReading(undefined);
              read.clear();
              setMissing(file === undefined);
              // Windows without a spreadsheet program does not know the type of the file.
              if (file) void read.run(new Blob([file], { type: spreadsheet })).then(({ data }) => setReading(data as Reading | undefined));
            }}>
              <div className={missing ? 'bp-field bp-error' : 'bp-field'}>
                <label htmlFor="formulier">{words.file}</label>
                <div className="bp-hint" id="formulier-hint">{words.file_hint}</div>
                {missing && <div className="bp-error__text" id="formulier-fout">{words.file_missing}</div>}
                <input type="file" id="formulier" className="bp-file" accept=".xlsx" aria-invalid={missing || undefined}
                  aria-describedby={missing ? 'formulier-hint formulier-fout' : 'formulier-hint'}
                  onChange={(event) => setFile(event.target.files?.[0])} />
              </div>
              <div className="bp-actions bp-gap"><Button type="submit" purpose="primary" busy={read.busy}>{words.submit}</Button></div>
            </form>
            <div role="status" className="bp-stack">
              {read.problem && <ProblemNotice problem={read.problem} />}
              {reading && <Outcome reading={reading} />}
            </div>
          </Columns>
        </Grid>
      </Section>
    </Page>
  );
}

function Outcome({ reading: { instrument, leftOut, yaml } }: { reading: Reading }) {
  const words = useTexts(texts).read;
  const language = useLanguage();
  const save = () => {
    const address = URL.createObjectURL(new Blob([yaml], { type: 'application/yaml' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${instrument.key}-${instrument.version}.yaml`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <>
      <Heading level={2}>{instrument.title[language]}</Heading>
      <StatusTags instrument={instrument} />
      <Paragraph>{fill(words.found, { questions: instrument.questions.length, themes: instrument.themes.length })}</Paragraph>
      {leftOut.length === 0 ? <Alert kind="ok"><p>{words.whole}</p></Alert> : (
        <DataTable list caption={fill(words.left_out, { count: leftOut.length })} subtitle={words.left_out_text}
          columns={[words.place, words.what]} rows={leftOut.map((part, at) => ({
            key: String(at),
            header: [part.sheet, part.row > 0 ? fill(words.row, { row: part.row }) : '', part.column].filter(Boolean).join(', '),
            cells: [{ content: part.text[language] }],
          }))} />
      )}
      <Paragraph className="bp-gap">{words.kept}</Paragraph>
      <div className="bp-actions bp-gap"><Button onClick={save}>{words.save}</Button></div>
    </>
  );
}
