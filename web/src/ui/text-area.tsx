// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode, TextareaHTMLAttributes } from 'react';
import { Icon } from './icons';
import { useTexts } from './language';
import { texts } from './texts';

/** Label, hint, error, a field of many lines. */
export function TextArea({ id, label, hint, error, ...rest }: {
  id: string; label: string; hint?: ReactNode; error?: string | undefined;
} & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const words = useTexts(texts);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={error ? 'bp-field bp-error' : 'bp-field'}>
      <label htmlFor={id}>{label}</label>
      {hint && <div className="bp-hint" id={`${id}-hint`}>{hint}</div>}
      {error && <div className="bp-error__text" id={`${id}-error`}><Icon name="warning" /><span><span className="bp-vh">{words.error} </span>{error}</span></div>}
      <textarea id={id} className={`utrecht-textbox bp-textarea${error ? ' utrecht-textbox--invalid' : ''}`}
        aria-describedby={described} aria-invalid={error ? true : undefined} {...rest} />
    </div>
  );
}
