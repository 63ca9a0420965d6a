// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { createContext, useContext, useEffect, useState } from 'react';
import { Button } from '../../ui/elements';
import { useLanguage, useTexts } from '../../ui/language';
import { Alert } from '../../ui/notes';
import { type Finding, screenText } from '../api';
import { texts } from '../texts';

const certainCodes = new Set(['bsn', 'phone', 'email', 'iban', 'licence-plate', 'postcode-address'].map((kind) => `text-has-${kind}`));

/** Where texts are searched: who came through a link has a path of its own. */
export const ScreeningContext = createContext('/api/v1/text-screenings');

/** What the server saw in a text that could point at a person: the words marked in their place, and what can be done. */
export function Findings({ text, codes, onConfirm }: {
  text: string;
  /** The codes of the refusal; they say whether it may stand, also when the places cannot be asked. */
  codes: string[];
  onConfirm: () => void;
}) {
  const words = useTexts(texts);
  const language = useLanguage();
  const url = useContext(ScreeningContext);
  const [found, setFound] = useState<{ text: string; findings: Finding[] }>();
  useEffect(() => {
    let gone = false;
    // Without an answer the sentence at the field still says what is wrong.
    screenText(url, text, language).then((findings) => { if (!gone) setFound({ text, findings }); }, () => undefined);
    return () => { gone = true; };
  }, [url, text, language]);
  if (!codes.some((code) => code.startsWith('text-has-'))) return null;
  const certain = codes.some((code) => certainCodes.has(code)) || (found?.findings.some(({ certainty }) => certainty === 'certain') ?? false);
  const kinds: Record<string, string> = words.kind;
  return (
    <div className="bp-found">
      <Alert kind={certain ? 'error' : 'warning'} role="status">
        <p><b>{words.found_title}</b></p>
        {found && found.findings.length > 0 && (
          <blockquote>
            {pieces(found.text, found.findings).map(({ text: piece, finding }, at) => (finding
              ? <mark key={at}>{piece}<span className="bp-vh"> ({kinds[finding.kind] ?? finding.kind})</span></mark> : piece))}
          </blockquote>
        )}
        <p>{certain ? words.found_certain : words.found_ask}</p>
        {!certain && <div className="bp-actions bp-gap"><Button small onClick={onConfirm}>{words.confirm_text}</Button></div>}
      </Alert>
    </div>
  );
}

/** The text cut at what was found. */
export function pieces(text: string, findings: Finding[]): { text: string; finding?: Finding }[] {
  const cut: { text: string; finding?: Finding }[] = [];
  let at = 0;
  for (const finding of [...findings].sort((a, b) => a.from - b.from)) {
    if (finding.from < at) continue;
    if (finding.from > at) cut.push({ text: text.slice(at, finding.from) });
    cut.push({ text: text.slice(finding.from, finding.to), finding });
    at = finding.to;
  }
  if (at < text.length) cut.push({ text: text.slice(at) });
  return cut;
}
