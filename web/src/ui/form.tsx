// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useEffect, useId, useRef, useState } from 'react';
import { Heading, LinkButton } from './elements';
import { Icon } from './icons';
import { useTexts } from './language';
import { texts } from './texts';

interface FieldProps { label: string; hint?: ReactNode; error?: string | undefined }
type Described = { id: string; 'aria-describedby'?: string | undefined; 'aria-invalid'?: true | undefined };

/** Label, hint, error, and the field itself, which is told how it is called and described. */
function Field({ id: given, label, hint, error, after, children }: FieldProps & {
  id?: string | undefined; after?: ReactNode; children: (described: Described, invalid: string) => ReactNode;
}) {
  const words = useTexts(texts);
  const own = useId();
  const id = given ?? own;
  return (
    <div className={error ? 'bp-field bp-error' : 'bp-field'}>
      <label htmlFor={id}>{label}</label>
      {hint && <div className="bp-hint" id={`${id}-hint`}>{hint}</div>}
      {error && <div className="bp-error__text" id={`${id}-error`}><Icon name="warning" /><span><span className="bp-vh">{words.error} </span>{error}</span></div>}
      {children({
        id, 'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
        'aria-invalid': error ? true : undefined,
      }, error ? ' utrecht-textbox--invalid' : '')}
      {after}
    </div>
  );
}

export function TextField({ label, hint, error, type = 'text', id, ...rest }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const words = useTexts(texts);
  const [shown, setShown] = useState(false);
  const secret = type === 'password';
  return (
    <Field id={id} label={label} hint={hint} error={error} after={secret && (
      <LinkButton aria-pressed={shown} onClick={() => setShown(!shown)}>{shown ? words.hide_password : words.show_password}</LinkButton>
    )}>
      {(described, invalid) => <input className={`utrecht-textbox${invalid}`} type={secret && shown ? 'text' : type} {...described} {...rest} />}
    </Field>
  );
}

/** A field of several lines: prose, or a table that is pasted in. */
export function TextArea({ label, hint, error, after, id, table = false, ...rest }: FieldProps & {
  after?: ReactNode; table?: boolean;
} & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field id={id} label={label} hint={hint} error={error} after={after}>
      {(described, invalid) => <textarea rows={3} className={`utrecht-textbox ${table ? 'bp-textarea' : 'bp-prosearea'}${invalid}`} {...described} {...rest} />}
    </Field>
  );
}

export function SelectField({ label, hint, error, options, id, ...rest }:
  FieldProps & { options: { value: string; text: string }[] } & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {(described) => (
        <select className="bp-select" {...described} {...rest}>
          {options.map(({ value, text }) => <option key={value} value={value}>{text}</option>)}
        </select>
      )}
    </Field>
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
