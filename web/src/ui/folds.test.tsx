// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Folds } from './folds';

const parts = ['een', 'twee', 'drie'].map((id) => ({ id, title: `Deel ${id}`, content: <p>inhoud van {id}</p> }));
const open = () => [...document.querySelectorAll('details')].filter((part) => part.open).map(({ id }) => id);

beforeEach(() => {
  // What jsdom does not have.
  window.matchMedia = () => new EventTarget() as MediaQueryList;
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => { window.location.hash = ''; });

test('a long page opens its first part, and every part on request', () => {
  render(<Folds parts={parts} />);

  expect(open()).toEqual(['een']);
  fireEvent.click(screen.getByRole('button'));
  expect(open()).toEqual(['een', 'twee', 'drie']);
  fireEvent.click(screen.getByRole('button'));
  expect(open()).toEqual([]);
});

test('a link to a part opens it', () => {
  window.location.hash = '#drie';

  render(<Folds parts={parts} />);

  expect(open()).toEqual(['een', 'drie']);
});

test('on paper every part is open, and afterwards what was open before', () => {
  render(<Folds parts={parts} />);

  act(() => { window.dispatchEvent(new Event('beforeprint')); });
  expect(open()).toEqual(['een', 'twee', 'drie']);
  act(() => { window.dispatchEvent(new Event('afterprint')); });
  expect(open()).toEqual(['een']);
});
