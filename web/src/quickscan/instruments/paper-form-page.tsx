// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useResource } from '../../app/client';
import { ProblemPage } from '../../app/problem';
import { Button, Heading, Paragraph } from '../../ui/elements';
import { SelectField } from '../../ui/form';
import { fill, type Language, useLanguage, useTexts } from '../../ui/language';
import { Loading, Page } from '../../ui/page';
import '../../ui/paper.css';
import { type Instrument, instrumentLink, type Question } from './show';
import { texts } from './texts';

/** The question in the words for municipalities of this size; without a size in those for all. */
export function inWordsFor(question: Question, size: string): Question {
  const variant = question.variants.find((one) => one.sizeClass === size);
  if (!variant) return question;
  return {
    ...question,
    text: variant.text ?? question.text,
    parts: question.parts.map((part) => variant.parts.find((other) => other.key === part.key) ?? part),
  };
}

/** A questionnaire to print and fill in by hand, from the same definition as the screens. */
export default function PaperFormPage() {
  const { key = '', version = '' } = useParams();
  const site = useTexts(texts);
  const words = site.paper;
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const { data: instrument, problem, reload } = useResource('/api/v1/instruments/{key}/versions/{version}', { path: { key, version } });
  if (problem) return <ProblemPage problem={problem} onRetry={reload} />;
  if (!instrument) return <Loading />;
  const size = search.get('grootte') === 'small' ? 'small' : '';
  const varies = instrument.questions.some((question) => question.variants.some((variant) => variant.sizeClass === 'small'));
  return (
    <Page title={instrument.title[language]} tab={`${instrument.title[language]}, ${words.here.toLowerCase()}`} here={words.here} trail={[
      { title: site.list.here, to: '/vragenlijsten' }, { title: instrument.title[language], to: instrumentLink(instrument) },
    ]} actions={<Button purpose="primary" onClick={() => window.print()}>{words.print}</Button>}>
      <div className="bp-screen bp-gap">
        <Paragraph className="bp-soft">{words.screen}</Paragraph>
        {varies && (
          <form className="bp-filter bp-gap" onSubmit={(event) => {
            event.preventDefault();
            const chosen = String(new FormData(event.currentTarget).get('grootte') ?? '');
            setSearch(chosen === '' ? {} : { grootte: chosen });
          }}>
            <SelectField label={words.size} name="grootte" defaultValue={size} options={[
              { value: '', text: words.sizes[''] }, { value: 'small', text: words.sizes.small },
            ]} />
            <Button type="submit">{words.show}</Button>
          </form>
        )}
      </div>
      <Head instrument={instrument} language={language} />
      {instrument.themes.map((theme) => (
        <section key={theme.key} className="bp-paper-theme">
          <Heading level={2}>{fill(site.one.theme, { number: theme.number, title: theme.title[language] })}</Heading>
          {instrument.questions.filter((question) => question.theme === theme.key).map((question) => (
            <PaperQuestion key={question.key} question={inWordsFor(question, size)} instrument={instrument} language={language} />
          ))}
        </section>
      ))}
      <p className="bp-tiny bp-soft bp-gap2">
        {fill(words.foot, { title: instrument.title[language], version: instrument.version })}. {instrument.reconstructedRemark?.[language]} {instrument.scaleRemark?.[language]}
      </p>
    </Page>
  );
}

function Head({ instrument, language }: { instrument: Instrument; language: Language }) {
  const words = useTexts(texts).paper;
  return (
    <div className="bp-paper-head">
      <div className="bp-paper-lines">
        <Line label={words.municipality} /><Line label={words.function} /><Line label={words.date} />
      </div>
      <Heading level={2}>{words.how}</Heading>
      <Paragraph>{instrument.kind === 'scored' ? words.how_scored : words.how_survey}</Paragraph>
      <Paragraph><b>{words.privacy}</b></Paragraph>
      {instrument.scale.length > 0 && (
        <dl className="bp-paper-scale">
          {instrument.scale.map((one) => <div key={one.value}><dt>{one.label[language]}</dt><dd>{one.meaning[language]}</dd></div>)}
        </dl>
      )}
    </div>
  );
}

function PaperQuestion({ question, instrument, language }: { question: Question; instrument: Instrument; language: Language }) {
  const words = useTexts(texts).paper;
  const scored = question.type === 'scale';
  const choices = scored ? instrument.scale.map((one) => ({ key: one.value as string, label: one.label[language] }))
    : question.choices.map((choice) => ({ key: choice.key, label: choice.label[language] }));
  return (
    <article className="bp-paper-question">
      <Heading level={3}>{question.number}. {question.text[language]}</Heading>
      {!scored && question.explanation && <p className="bp-small">{question.explanation[language]}</p>}
      {choices.length > 0 && (
        <Boxes across={scored} items={scored ? choices : [...choices, { key: 'unknown', label: words.unknown }]} />
      )}
      {question.parts.length > 0 && (
        <div className="bp-paper-parts">
          <p>{words.partly}</p>
          <Boxes items={question.parts.map((part) => ({ key: part.key, label: part.text[language] }))} />
        </div>
      )}
      {scored && <><Line label={words.reason} /><Line label={words.proof} /></>}
      {question.choices.some((choice) => choice.asksReason) && <Line label={words.reason} />}
      {question.type === 'number' && <Line label={words.number} />}
      {question.type === 'text' && <Line label={words.text} />}
    </article>
  );
}

function Boxes({ items, across = false }: { items: { key: string; label: ReactNode }[]; across?: boolean }) {
  return (
    <ul className={across ? 'bp-paper-boxes bp-paper-boxes--across' : 'bp-paper-boxes'}>
      {items.map((item) => <li key={item.key}><span className="bp-paper-box" aria-hidden="true" />{item.label}</li>)}
    </ul>
  );
}

function Line({ label }: { label: string }) {
  return <p className="bp-paper-line"><span>{label}</span><span className="bp-paper-rule" aria-hidden="true" /></p>;
}
