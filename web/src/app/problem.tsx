// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { Button, Heading, Link, Paragraph, PlainLink } from '../ui/elements';
import { fill, useTexts } from '../ui/language';
import { useDocumentTitle } from '../ui/page';
import { offline, type Problem } from './client';
import { texts } from './texts';

/** A whole page that says what went wrong, what was kept and what to do next. */
export function ProblemPage({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const words = useTexts(texts).problem;
  const kind = problem.status === offline ? 'offline' : problem.status === 404 ? 'missing'
    : problem.status === 403 ? 'forbidden' : problem.status === 409 ? 'refused' : problem.status === 429 || problem.status === 503 ? 'busy' : 'broken';
  const { title, text } = words[kind];
  // Where a rule refuses, its own sentence says more than ours.
  const said = kind === 'refused' || (kind === 'forbidden' && problem.code !== 'not-permitted') ? problem.detail : undefined;
  useDocumentTitle(title);
  return (
    <div className="bp-wrap bp-page">
      <Heading level={1}>{title}</Heading>
      <Paragraph className="bp-lead">{said ?? text}</Paragraph>
      {kind === 'broken' && problem.requestId && <Paragraph className="bp-soft bp-gap">{fill(words.reference, { reference: problem.requestId })}</Paragraph>}
      <div className="bp-actions bp-gap">
        {onRetry && kind !== 'missing' && kind !== 'forbidden' && kind !== 'refused' && <Button purpose="primary" onClick={onRetry}>{words.retry}</Button>}
      </div>
      <ul className="bp-list bp-gap">
        <li><Link to="/">{words.home}</Link></li>
        <li><Link to="/cijfers">{words.figures}</Link></li>
        {kind === 'broken' && <li><PlainLink href="/healthz">{words.health}</PlainLink></li>}
      </ul>
    </div>
  );
}

/** One sentence in a page that is otherwise whole. */
export function ProblemNotice({ problem }: { problem: Problem }) {
  const words = useTexts(texts).problem;
  return (
    <div className="utrecht-alert utrecht-alert--error" role="alert">
      <p>{problem.detail || problem.title || (problem.status === offline ? words.offline.text : words.broken.text)}</p>
    </div>
  );
}
