// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../app/client';
import type { Instrument, Question } from '../api';
import { emptyEntry, type Entry } from '../desk';
import { AnswerForm } from './answer-form';

const words = (nl: string) => ({ nl, en: nl });
const scale = (['yes', 'partly', 'no', 'unknown', 'not_applicable'] as const).map((value) => ({ value, label: words(value), meaning: words(`zo is ${value}`) }));
const instrument: Instrument = {
  key: 'proef', version: 1, status: 'published', kind: 'survey', title: words('Proef'), introduction: words('Proef'), reconstructed: false,
  minutesPerQuestion: 1, scale, themes: [], blocks: [], questions: [], bands: [], crosswalks: [], sources: [],
};
const asked = (more: Partial<Question>): Question => ({
  key: 'q1', number: 1, theme: 'T1', type: 'scale', text: words('Vraag'), hints: [], parts: [], variants: [], choices: [], sources: [], factors: [], targetGroups: [], wording: 'own', ...more,
});
const choice = (key: string, exclusive = false) => ({ key, label: words(key), exclusive, asksReason: false, published: [] });

function Form({ question, seen, problem }: { question: Question; seen: (entry: Entry) => void; problem?: Problem }) {
  const [entry, setEntry] = useState<Entry>(emptyEntry);
  return (
    <AnswerForm question={question} instrument={instrument} entry={entry} legend="Uw antwoord" problem={problem} onConfirm={() => undefined}
      upload={() => Promise.resolve({})} onChange={(_, changed) => {
        setEntry(changed);
        seen(changed);
      }} />
  );
}

function shown(question: Question, problem?: Problem) {
  let last = emptyEntry;
  render(<Form question={question} seen={(entry) => { last = entry; }} {...(problem && { problem })} />);
  return { user: userEvent.setup(), entry: () => last };
}

describe('A question with several choices', () => {
  const question = asked({ type: 'choose_many', choices: [choice('jihadisme'), choice('rechts'), choice('geen', true)] });

  it('keeps the choices in the order of the question', async () => {
    const { user, entry } = shown(question);

    await user.click(screen.getByRole('checkbox', { name: /rechts/ }));
    await user.click(screen.getByRole('checkbox', { name: /jihadisme/ }));

    expect(entry().values).toEqual(['jihadisme', 'rechts']);
  });

  it('lets a choice that excludes the others stand alone, and go again', async () => {
    const { user, entry } = shown(question);

    await user.click(screen.getByRole('checkbox', { name: /jihadisme/ }));
    await user.click(screen.getByRole('checkbox', { name: /geen/ }));
    expect(entry().values).toEqual(['geen']);

    await user.click(screen.getByRole('checkbox', { name: /rechts/ }));
    expect(entry().values).toEqual(['rechts']);
  });

  it('takes "I do not know" as an outcome of its own', async () => {
    const { user, entry } = shown(question);

    await user.click(screen.getByRole('checkbox', { name: /jihadisme/ }));
    await user.click(screen.getByRole('checkbox', { name: /Ik weet het niet/ }));

    expect(entry()).toMatchObject({ value: 'unknown', values: [] });
  });
});

describe('A question with one choice, a number or words', () => {
  it('keeps one choice', async () => {
    const { user, entry } = shown(asked({ type: 'choose_one', choices: [choice('a'), choice('b')] }));

    await user.click(screen.getByRole('radio', { name: 'a' }));
    await user.click(screen.getByRole('radio', { name: 'b' }));

    expect(entry().values).toEqual(['b']);
  });

  it('keeps a number as it was typed, and nothing when it is emptied', async () => {
    const { user, entry } = shown(asked({ type: 'number' }));
    const field = screen.getByRole('textbox', { name: 'Uw antwoord in een getal' });

    await user.type(field, '49');
    expect(entry().values).toEqual(['49']);

    await user.clear(field);
    expect(entry().values).toEqual([]);
  });
});

describe('An answer on the scale', () => {
  const question = asked({ parts: [{ key: 'a', text: words('een plan') }, { key: 'b', text: words('een budget') }] });

  it('asks for parts only with partly, and says so when all of them hold', async () => {
    const { user, entry } = shown(question);
    expect(screen.queryByRole('checkbox', { name: 'een plan' })).toBeNull();

    await user.click(screen.getByRole('radio', { name: /^partly/ }));
    await user.click(screen.getByRole('checkbox', { name: 'een plan' }));
    await user.click(screen.getByRole('checkbox', { name: 'een budget' }));
    await user.click(screen.getByRole('button', { name: 'Maak er ja van' }));

    expect(entry().value).toBe('yes');
    expect(screen.queryByRole('checkbox', { name: 'een plan' })).toBeNull();
  });

  it('puts what is wrong with a text at that text', async () => {
    const { user } = shown(question, { status: 400, title: '', errors: [{ pointer: '/reason', detail: 'Hier staat een telefoonnummer.' }] });
    await user.click(screen.getByRole('radio', { name: /^no\b/ }));

    const field = screen.getByRole('textbox', { name: 'Waarom dit antwoord?' });

    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect((field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent).join(' ')).toContain('Hier staat een telefoonnummer.');
  });

  it('asks for proof with yes, not with no', async () => {
    const { user } = shown(question);

    await user.click(screen.getByRole('radio', { name: /^no\b/ }));
    expect(screen.queryByRole('button', { name: 'Bewijs toevoegen' })).toBeNull();

    await user.click(screen.getByRole('radio', { name: /^yes/ }));
    expect(screen.getByRole('button', { name: 'Bewijs toevoegen' })).toBeDefined();
  });
});
