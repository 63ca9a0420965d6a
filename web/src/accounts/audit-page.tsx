// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useState } from 'react';
import { useResource } from '../app/client';
import { ProblemPage } from '../app/problem';
import { Button } from '../ui/elements';
import { formatInstant } from '../ui/format';
import { useLanguage, useTexts } from '../ui/language';
import { Empty } from '../ui/notes';
import { Loading, Page, Section } from '../ui/page';
import { DataTable } from '../ui/table';
import { useRoleName } from './account-page';
import { AuditChain } from './audit-verification';
import { auditWords } from './audit-words';
import { SignedIn } from './guard';
import { texts } from './texts';

export default function AuditPage() {
  return <SignedIn permission="read_audit">{() => <Log />}</SignedIn>;
}

/** The audit log of the own organisation: who, what, when and why. */
function Log() {
  const language = useLanguage();
  const all = useTexts(texts);
  const words = all.audit;
  const roleName = useRoleName();
  // Who acted: one or more roles, or someone who has none.
  const nobody: Record<string, string> = words.functions;
  const functions = (keys: string) => keys.split(',').map((key) => nobody[key] ?? roleName(key)).join(', ');
  // What a newer server records under a key that is not known here, is told by that key.
  const { actions, objects } = useTexts(auditWords);
  const [before, setBefore] = useState<number | undefined>(undefined);
  const { data, problem, reload } = useResource('/api/v1/audit-entries', { query: { before, limit: 50 } });
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  return (
    <Page title={words.title} lead={words.lead} here={words.here} trail={[{ title: all.home, to: '/' }, { title: all.account_crumb, to: '/account' }]}>
      <Section title={words.chain.title} lead={words.chain.lead}><AuditChain /></Section>
      <Section>
        {data.items.length === 0 ? <Empty title={words.none}><p>{words.none_text}</p></Empty> : (
          <DataTable list caption={words.table} columns={words.columns} rows={data.items.map((entry) => ({
            key: String(entry.number), header: String(entry.number),
            cells: [formatInstant(entry.at, language), functions(entry.function), actions[entry.action] ?? entry.action, `${objects[entry.object] ?? entry.object} ${entry.objectId}`, entry.reason].map((content) => ({ content, mark: content === '' ? 'empty' as const : undefined })),
          }))} />
        )}
        <div className="bp-actions bp-gap">
          {data.next !== undefined && <Button onClick={() => setBefore(data.next)}>{words.older}</Button>}
          {before !== undefined && <Button purpose="subtle" onClick={() => setBefore(undefined)}>{words.newest}</Button>}
        </div>
      </Section>
    </Page>
  );
}
