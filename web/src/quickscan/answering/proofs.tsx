// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { offline, type Problem } from '../../app/client';
import { Button, LinkButton } from '../../ui/elements';
import { FieldSet, TextField } from '../../ui/form';
import { Icon } from '../../ui/icons';
import { fill, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { Tag } from '../../ui/tags';
import { codesAt } from '../api';
import type { Proof } from '../desk';
import { texts as shared } from '../texts';
import { Findings } from './findings';
import { texts } from './texts';

const mostBytes = 10_000_000;
const accepted = '.pdf,.odt,.docx,.ods,.xlsx,.png,.jpg,.jpeg';

/** Sends a file to the server: the proof that refers to it, or why not. */
export type Upload = (file: File, title: string, confirmed: boolean) => Promise<{ proof?: Proof; problem?: Problem }>;

/** What supports an answer or the end of an action: documents, links, or only that somebody knows it. */
export function Proofs({ proofs, onChange, upload, files, error, hints = [], hint, most = Infinity }: {
  proofs: Proof[]; onChange: (proofs: Proof[]) => void; upload: Upload;
  /** Where files are read, without their id. */
  files: string;
  error?: string | undefined;
  hints?: string[];
  hint?: string;
  /** How many there can be. */
  most?: number;
}) {
  const words = useTexts(texts);
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLDivElement>(null);
  const close = () => {
    setAdding(false);
    requestAnimationFrame(() => opener.current?.querySelector('button')?.focus());
  };
  return (
    <div className={error ? 'bp-field bp-error' : 'bp-field'} role="group" aria-labelledby="bewijs-naam">
      <div className="bp-legend-q" id="bewijs-naam">{words.proof}</div>
      <p className="bp-hint">{hint ?? words.proof_hint}</p>
      {error && <div className="bp-error__text"><Icon name="warning" /><span>{error}</span></div>}
      {hints.length > 0 && (
        <details className="bp-details"><summary>{words.proof_counts}</summary>
          <ul className="bp-list bp-small">{hints.map((hint) => <li key={hint}>{hint}</li>)}</ul>
        </details>
      )}
      {proofs.length > 0 && (
        <ul className="bp-proof bp-gap">
          {proofs.map((proof, at) => (
            <li key={`${proof.kind} ${proof.fileId ?? proof.url ?? proof.title} ${at}`}>
              <Icon name={proof.kind === 'link' ? 'link' : proof.kind === 'file' ? 'document' : 'info'} />
              <div>
                {proof.kind === 'file' && proof.fileId ? <a className="nl-link" href={`${files}/${proof.fileId}`}>{proof.title}</a>
                  : proof.kind === 'link' && proof.url ? <a className="nl-link" href={proof.url} rel="noreferrer">{proof.title || proof.url}</a>
                    : proof.title || words.proof_asserted}
              </div>
              {proof.kind === 'asserted' ? <Tag kind="warn">{words.asserted}</Tag>
                : <Tag kind="ok"><Icon name="check" />{words.substantiated}</Tag>}
              <LinkButton onClick={() => onChange(proofs.filter((_, other) => other !== at))} aria-label={fill(words.proof_remove_of, { title: proof.title || words.proof_asserted })}>
                {words.proof_remove}
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <AddProof upload={upload} onCancel={close} onAdd={(proof) => {
          if (proof) onChange([...proofs, proof]);
          close();
        }} />
      ) : proofs.length < most && (
        <div className="bp-actions bp-gap" ref={opener}>
          <Button icon="plus" small onClick={() => setAdding(true)}>{words.proof_add}</Button>
        </div>
      )}
    </div>
  );
}

/** A small form inside the form of the question: Enter adds, Escape leaves. */
function AddProof({ upload, onAdd, onCancel }: {
  upload: Upload; onAdd: (proof: Proof | undefined) => void; onCancel: () => void;
}) {
  const words = useTexts(texts);
  const { cancel } = useTexts(shared);
  const [kind, setKind] = useState<Proof['kind']>('link');
  const [title, setTitle] = useState('');
  const [url, setUrl] = useState('');
  const [file, setFile] = useState<File>();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);

  const add = async (confirmed = false) => {
    const wrong: Record<string, string> = {};
    if (kind !== 'asserted' && title.trim() === '' && !(kind === 'file' && file)) wrong.title = words.proof_fill_title;
    if (kind === 'link' && !/^https:\/\/\S+\.\S+/.test(url.trim())) wrong.url = words.proof_fill_url;
    if (kind === 'file') {
      if (!file) wrong.file = words.proof_fill_file;
      else if (file.size > mostBytes) wrong.file = words.proof_large;
    }
    setErrors(wrong);
    setProblem(undefined);
    if (Object.keys(wrong).length > 0) {
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    if (kind === 'file' && file) {
      setBusy(true);
      const { proof, problem: refused } = await upload(file, title.trim() || file.name, confirmed);
      setBusy(false);
      if (refused) setProblem(refused);
      else onAdd(proof);
    } else onAdd(kind === 'link' ? { kind, title: title.trim(), url: url.trim() } : { kind, title: title.trim() });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation(); // the form around it stays
      onCancel();
    }
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type !== 'file') {
      event.preventDefault();
      void add();
    }
  };
  const kinds: [Proof['kind'], string][] = [['link', words.proof_link], ['file', words.proof_file], ['asserted', words.proof_asserted]];
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the fields inside
    <div className="bp-inset" ref={box} onKeyDown={keys}>
      <FieldSet legend={words.proof_kind}>
        {kinds.map(([value, text]) => (
          <div className="bp-checkbox" key={value}>
            <input type="radio" id={`bewijs-${value}`} name="bewijs-soort" checked={kind === value} onChange={() => setKind(value)} />
            <label htmlFor={`bewijs-${value}`}>{text}</label>
          </div>
        ))}
      </FieldSet>
      {kind === 'file' && (
        <div className={errors.file || problem ? 'bp-field bp-error' : 'bp-field'}>
          <label htmlFor="bewijs-bestand">{words.proof_choose}</label>
          <p className="bp-hint" id="bewijs-bestand-hint">{words.proof_choose_hint}</p>
          {(errors.file || problem) && (
            <div className="bp-error__text" id="bewijs-bestand-fout"><Icon name="warning" />
              <span>{errors.file ?? (problem?.status === offline ? words.proof_offline : problem?.errors?.[0]?.detail ?? problem?.detail ?? problem?.title)}</span>
            </div>
          )}
          <input type="file" id="bewijs-bestand" className="bp-file" accept={accepted} aria-describedby="bewijs-bestand-hint"
            aria-invalid={errors.file || problem ? true : undefined} onChange={(event) => {
              setFile(event.target.files?.[0]);
              setProblem(undefined);
            }} />
          {file && problem && <Findings text={file.name} codes={codesAt(problem, 'name')} onConfirm={() => void add(true)} />}
        </div>
      )}
      {kind === 'link' && (
        <TextField id="bewijs-url" type="url" label={words.proof_url} hint={words.proof_url_hint} value={url} error={errors.url}
          onChange={(event) => setUrl(event.target.value)} />
      )}
      {kind !== 'asserted' && (
        <TextField id="bewijs-titel" label={words.proof_title} hint={words.proof_title_hint} value={title} maxLength={160} error={errors.title}
          onChange={(event) => setTitle(event.target.value)} />
      )}
      {busy && <Alert kind="info" role="status">{words.proof_sending}</Alert>}
      <div className="bp-actions">
        <Button onClick={() => void add()} busy={busy}>{words.proof_submit}</Button>
        <Button purpose="subtle" onClick={onCancel}>{cancel}</Button>
      </div>
    </div>
  );
}
