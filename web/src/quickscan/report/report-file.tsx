// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { ProblemNotice } from '../../app/problem';
import { Button, PlainLink } from '../../ui/elements';
import { fill, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import type { ReportFile } from './report';
import { texts } from './texts';

/** How far the file of a report is, the way to stop it, and where it is when it is done. */
export function ReportFileStatus({ file }: { file: ReportFile }) {
  const words = useTexts(texts);
  return (
    <div className="bp-screen">
      {file.going && <Button purpose="subtle" onClick={file.stop}>{words.stop}</Button>}
      <div role="status">
        {file.going && <p>{file.percent === undefined ? words.waiting : fill(words.making, { percent: file.percent, stage: file.stage ?? '' })}</p>}
        {file.problem && <ProblemNotice problem={file.problem} />}
        {file.stopped && <Alert kind="info"><p>{words.stopped}</p></Alert>}
        {file.failed !== undefined && <Alert kind="error"><p>{words.failed} {file.failed}</p></Alert>}
        {file.href && <Alert kind="ok"><p>{words.done} <PlainLink href={file.href} download>{words.download}<span className="bp-vh"> {file.name}</span></PlainLink></p></Alert>}
      </div>
    </div>
  );
}
