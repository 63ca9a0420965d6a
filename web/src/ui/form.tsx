// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useEffect, useId, useRef, useState } from 'react';
import { Heading, LinkButton } from './elements';
import { Icon } from './icons';
import { useTexts } from './language';
import { texts } from './texts';

interface FieldProps { label: string; hint?: ReactNode; error?: string | undefined }

/** Label, hint, error, field. */
export function TextField({ label, hint, error, type = 'text', id: given, ...rest }:
  FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const words = useTexts(texts);
  const own = useId();
  const id = given ?? own;
  const [shown, setShown] = useState(false);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={error ? 'bp-field bp-error' : 'bp-field'}>
      <label htmlFor={id}>{label}</label>
      {hint && <div className="bp-hint" id={`${id}-hint`}>{hint}</div>}
      {error && <div className="bp-error__text" id={`${id}-error`}><Icon name="warning" /><span><span className="bp-vh">{words.error} </span>{error}</span></div>}
      <input id={id} className={`utrecht-textbox${error ? ' utrecht-textbox--invalid' : ''}`}
        type={type === 'password' && shown ? 'text' : type} aria-describedby={described}
        aria-invalid={error ? true : undefined} {...rest} />
      {type === 'password' && (
        <LinkButton aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hide_password : words.show_password}
        </LinkButton>
      )}
    </div>
  );
}

export function SelectField({ label, hint, options, id: given, ...rest }:
  FieldProps & { options: { value: string; text: string }[] } & SelectHTMLAttributes<HTMLSelectElement>) {
  const own = useId();
  const id = given ?? own;
  return (
    <div className="bp-field">
      <label htmlFor={id}>{label}</label>
      {hint && <div className="bp-hint" id={`${id}-hint`}>{hint}</div>}
      <select id={id} className="bp-select" aria-describedby={hint ? `${id}-hint` : undefined} {...rest}>
        {options.map(({ value, text }) => <option key={value} value={value}>{text}</option>)}
      </select>
    </div>
  );
}

export function Checkbox({ label, hint, ...rest }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="bp-checkbox">
      <input type="checkbox" id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
      <label htmlFor={id}>{label}{hint && <small id={`${id}-hint`}>{hint}</small>}</label>
    </div>
  );
}

export function FieldSet({ legend, children }: { legend: string; children: ReactNode }) {
  return <fieldset className="bp-fieldset"><legend>{legend}</legend>{children}</fieldset>;
}

/** All errors on top, each a link to its field. It takes focus when it appears. */
export function ErrorSummary({ errors }: { errors: { field: string; message: string }[] }) {
  const words = useTexts(texts);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div className="utrecht-alert utrecht-alert--error" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <div>
        <Heading level={2} className="bp-h4">{words.required_here}</Heading>
        <ul className="bp-plain">
          {errors.map(({ field, message }) => <li key={field + message}><a className="nl-link" href={`#${field}`}>{message}</a></li>)}
        </ul>
      </div>
    </div>
  );
}
