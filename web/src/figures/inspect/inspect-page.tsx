// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ChangeEvent, type FormEvent, useEffect, useRef, useState } from 'react';
import { type Problem, useAction } from '../../app/client';
import { ProblemNotice } from '../../app/problem';
import { Button, LinkButton } from '../../ui/elements';
import { ErrorSummary, TextArea } from '../../ui/form';
import { useTexts } from '../../ui/language';
import { Alert, Note } from '../../ui/notes';
import { Columns, Grid, Page, Section } from '../../ui/page';
import { type Inspection, InspectionResult } from './result';
import { texts } from './texts';

const mostBytes = 1_000_000;

/** Anyone gives a table of their own to the detective: pasted, or from a file. */
export default function InspectPage() {
  const words = useTexts(texts);
  const inspect = useAction<{ csv: string }>('POST', '/api/v1/table-inspections');
  const [csv, setCsv] = useState('');
  const [remark, setRemark] = useState('');
  const [errors, setErrors] = useState<{ field: string; message: string }[]>([]);
  const [result, setResult] = useState<Inspection>();
  const shown = useRef<HTMLDivElement>(null);

  // The outcome is read out and in view as soon as it is there.
  useEffect(() => {
    if (result) shown.current?.focus();
  }, [result]);

  const change = (text: string) => {
    setCsv(text);
    setRemark('');
    setErrors([]);
  };

  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (!file) return;
    if (file.size > mostBytes) return setErrors([{ field: 'bestand', message: words.file_large }]);
    const bytes = await file.arrayBuffer();
    try {
      change(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      change(new TextDecoder('windows-1252').decode(bytes));
      setRemark(words.file_old);
    }
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setResult(undefined);
    inspect.clear();
    if (csv.trim() === '') return setErrors([{ field: 'tabel', message: words.empty }]);
    setErrors([]);
    const { done, data } = await inspect.run({ csv });
    if (done) setResult(data as Inspection);
  };

  const refused = inspect.problem ? told(inspect.problem) : [];
  const all = [...errors, ...refused.map((message) => ({ field: 'tabel', message }))];
  return (
    <Page title={words.title} tab={words.tab} lead={words.lead} here={words.here}
      trail={[{ title: words.above, to: '/cijfers' }]}>
      <Section>
        <Grid>
          <Columns span={8}>
            <ErrorSummary errors={all} />
            {inspect.problem && refused.length === 0 && <ProblemNotice problem={inspect.problem} />}
            <form noValidate onSubmit={(event) => void submit(event)}>
              <TextArea table id="tabel" label={words.table} hint={words.table_hint} rows={10} spellCheck={false} autoComplete="off"
                error={all.find((one) => one.field === 'tabel')?.message}
                value={csv} onChange={(event) => change(event.target.value)} />
              <p className="bp-gap"><LinkButton onClick={() => change(words.example_csv)}>{words.example}</LinkButton></p>
              <div className="bp-field">
                <label htmlFor="bestand">{words.file}</label>
                <div className="bp-hint" id="bestand-hint">{words.file_hint}</div>
                <input className="bp-file" type="file" id="bestand" aria-describedby="bestand-hint"
                  accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain" onChange={(event) => void choose(event)} />
              </div>
              {remark && <Alert kind="info" role="status">{remark}</Alert>}
              <div className="bp-field">
                <Button type="submit" purpose="primary" busy={inspect.busy}>{inspect.busy ? words.busy : words.submit}</Button>
              </div>
            </form>
          </Columns>
          <Columns span={4}>
            <Note title={words.aside_title} level={2}>
              <ul className="bp-list">
                {[words.aside_numbers, words.aside_blank, words.aside_separator, words.aside_subtotal].map((text) => <li key={text}>{text}</li>)}
              </ul>
            </Note>
          </Columns>
        </Grid>
      </Section>
      {result && <div ref={shown} tabIndex={-1} className="bp-result"><InspectionResult found={result} /></div>}
    </Page>
  );
}

/** What is wrong with the table itself, one sentence per place; empty when something else went wrong. */
const told = (problem: Problem): string[] => (problem.errors ?? []).map(({ detail }) => detail.charAt(0).toUpperCase() + detail.slice(1));
