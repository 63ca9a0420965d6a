// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useState } from 'react';
import type { components } from '../app/api';
import { useAction, useResource } from '../app/client';
import { Button } from '../ui/elements';
import { fill, useTexts } from '../ui/language';
import { Alert } from '../ui/notes';
import { texts } from './texts';

type Verification = components['schemas']['AuditVerification'];

/** Starts recomputing the audit chain, tells how far it is, and what it found. */
export function AuditChain() {
  const words = useTexts(texts).audit.chain;
  const start = useAction('POST', '/api/v1/audit-verifications', ['/api/v1/audit-entries']);
  const [id, setId] = useState<string>();
  const cancel = useAction('DELETE', '/api/v1/jobs/{id}');
  const { data, problem, reload } = useResource('/api/v1/audit-verifications/{id}', { path: { id: id ?? '' } }, id !== undefined);
  const going = id !== undefined && !problem && (!data || data.state === 'queued' || data.state === 'running');

  useEffect(() => {
    if (!going) return;
    const timer = setInterval(reload, 1000);
    return () => clearInterval(timer);
  });

  const begin = async () => {
    if (going || start.busy) return;
    setId(undefined);
    const { done, data: begun } = await start.run();
    if (done) setId((begun as Verification).id);
  };
  const refused = start.problem ?? cancel.problem ?? problem;
  return (
    <>
      <div className="bp-actions">
        <Button onClick={() => void begin()} busy={going || start.busy}>{words.start}</Button>
        {going && <Button purpose="subtle" onClick={() => void cancel.run(undefined, { path: { id } })}>{words.cancel}</Button>}
      </div>
      <div className="bp-gap" aria-live="polite">
        {going && <p>{fill(words.progress, { percent: data?.progress ?? 0 })}</p>}
        {refused && <Alert kind="error"><p>{refused.detail ?? words.failed}</p></Alert>}
        {!going && !refused && data && <Outcome verification={data} />}
      </div>
    </>
  );
}

function Outcome({ verification: { state, result, problem } }: { verification: Verification }) {
  const words = useTexts(texts).audit.chain;
  if (state === 'cancelled') return <Alert kind="info"><p>{words.cancelled}</p></Alert>;
  if (!result) return <Alert kind="error"><p>{problem ?? words.failed}</p></Alert>;
  const damage = result.damages[0];
  if (!damage) return <Alert kind="ok"><p>{result.entries === 1 ? words.whole_one : fill(words.whole, { entries: result.entries })}</p></Alert>;
  return <Alert kind="error"><p>{fill(words[damage.kind], { number: damage.number })}</p><p>{words.damaged_do}</p></Alert>;
}
