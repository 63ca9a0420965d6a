// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clearDevice, devicePrefix, somethingUnsent } from '../app/device';
import { type Change, Desk, emptyEntry, type Entry, type Held, type Refusal } from './desk';

const entry = (value: string, reason = ''): Entry => ({ ...emptyEntry, value, reason });
const refuse = (status: number, theirs?: Held): Refusal => ({ problem: { status, title: '' }, ...(theirs && { theirs }) });

describe('The desk of a respondent', () => {
  let sent: Change[];
  let answer: (change: Change) => Held | null;
  let storage: Storage;
  const open = (owner = 'scan:anna', whole: (question: string, one: Entry) => boolean = () => true) => new Desk({
    owner, storage, whole, rest: 0,
    send: (change) => {
      sent.push(change);
      return new Promise((done, fail) => {
        try {
          done(answer(change));
        } catch (error) {
          fail(error as Error);
        }
      });
    },
  });
  const quiet = (desk: Desk) => vi.waitFor(() => expect(['kept', 'offline', 'signed-out', 'busy']).toContain(desk.view().standing));

  beforeEach(() => {
    localStorage.clear();
    storage = localStorage;
    sent = [];
    let version = 0;
    answer = ({ entry: one }) => (one ? { entry: one, etag: `"${++version}"` } : null);
  });

  it('keeps a change on the device until the server has it', async () => {
    const desk = open();

    desk.edit('q1', 'value', entry('yes'));

    expect(storage.getItem(`${devicePrefix}scan:anna`)).toContain('"yes"');
    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));
    expect(storage.getItem(`${devicePrefix}scan:anna`)).toBeNull();
    expect(desk.view().savedAt).toBeInstanceOf(Date);
  });

  it('sends in the order of the changes, and names the version that was on the screen', async () => {
    const desk = open();
    desk.load([['q2', { entry: entry('no'), etag: '"7"' }]]);

    desk.edit('q2', 'value', entry('partly'));
    desk.edit('q1', 'value', entry('yes'));

    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent.map(({ question, base }) => [question, base])).toEqual([['q2', '"7"'], ['q1', null]]);
  });

  it('loses nothing when the connection is gone and the page is opened again', async () => {
    answer = () => {
      throw refuse(0);
    };
    const desk = open();
    desk.edit('q1', 'value', entry('yes'));
    desk.edit('q2', 'reason', entry('no', 'nog niet'));
    await vi.waitFor(() => expect(desk.view().standing).toBe('offline'));
    desk.stop();

    answer = ({ entry: one }) => (one ? { entry: one, etag: '"1"' } : null);
    sent = [];
    const again = open();
    expect(again.view().entries.get('q2')?.reason).toBe('nog niet');
    again.load([]);

    await vi.waitFor(() => expect(again.view().waiting).toHaveLength(0));
    expect(sent.map(({ question }) => question)).toEqual(['q1', 'q2']);
  });

  it('waits for signing in again and does not send to another account', async () => {
    answer = () => {
      throw refuse(401);
    };
    const desk = open();
    desk.edit('q1', 'value', entry('yes'));
    await vi.waitFor(() => expect(desk.view().standing).toBe('signed-out'));

    const other = open('scan:bert');
    expect(other.view().entries.size).toBe(0);

    answer = ({ entry: one }) => (one ? { entry: one, etag: '"1"' } : null);
    desk.now();
    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));
  });

  it('shows both when somebody was first, and sends what the person makes of it on top of theirs', async () => {
    const theirs = { entry: entry('yes', 'van de ander'), etag: '"9"' };
    answer = ({ base, entry: one }) => {
      if (base !== '"9"') throw refuse(412, theirs);
      return { entry: one as Entry, etag: '"10"' };
    };
    const desk = open();
    desk.load([['q1', { entry: entry('no', 'oud'), etag: '"8"' }]]);
    desk.edit('q1', 'reason', entry('no', 'van mij'));
    await vi.waitFor(() => expect(desk.changeOf('q1')?.problem?.status).toBe(412));
    expect(desk.changeOf('q1')?.theirs).toEqual(theirs);
    expect(desk.view().entries.get('q1')?.reason).toBe('van mij');

    desk.settle('q1', entry('yes', 'van ons beiden'));

    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));
    expect(sent.at(-1)).toMatchObject({ base: '"9"', entry: { reason: 'van ons beiden' } });
  });

  it('does not let a refused answer hold up the others', async () => {
    answer = ({ question, entry: one }) => {
      if (question === 'q1') throw refuse(400);
      return { entry: one as Entry, etag: '"1"' };
    };
    const desk = open();
    desk.edit('q1', 'reason', entry('yes', 'bel 0612345678'));
    desk.edit('q2', 'value', entry('no'));

    await vi.waitFor(() => expect(desk.view().waiting.map(({ question }) => question)).toEqual(['q1']));
    expect(desk.changeOf('q1')?.problem?.status).toBe(400);

    answer = ({ entry: one }) => ({ entry: one as Entry, etag: '"2"' });
    desk.edit('q1', 'reason', entry('yes', 'zonder nummer'));
    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));
  });

  it('says that a person let it stand only for the text that was asked about', async () => {
    answer = ({ confirmed, entry: one }) => {
      if (!confirmed) throw refuse(400);
      return { entry: one as Entry, etag: '"1"' };
    };
    const desk = open();
    desk.edit('q1', 'reason', entry('yes', 'Jan de Vries'));
    await vi.waitFor(() => expect(desk.changeOf('q1')?.problem).toBeDefined());

    desk.confirm('q1');
    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));

    desk.edit('q1', 'reason', entry('yes', 'Piet Jansen'));
    await vi.waitFor(() => expect(desk.changeOf('q1')?.problem).toBeDefined());
    expect(sent.at(-1)?.confirmed).toBe(false);
  });

  it('undoes the last change, and typing is one step', async () => {
    const desk = open();
    desk.edit('q1', 'value', entry('yes'));
    desk.edit('q1', 'reason', entry('yes', 'a'));
    desk.edit('q1', 'reason', entry('yes', 'ab'));
    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));

    expect(desk.undo()).toBe('q1');
    expect(desk.view().entries.get('q1')).toEqual(entry('yes'));
    expect(desk.undo()).toBe('q1');
    expect(desk.view().entries.has('q1')).toBe(false);
    expect(desk.view().mayUndo).toBe(false);

    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));
    expect(sent.at(-1)?.entry).toBeNull();
  });

  it('holds an answer that is not whole, and sends it when it is', async () => {
    const desk = open('scan:anna', (_, one) => one.value !== 'partly' || one.parts.length > 0);
    desk.edit('q1', 'value', entry('partly'));
    desk.edit('q2', 'value', entry('no'));
    await vi.waitFor(() => expect(desk.view().waiting.map(({ question }) => question)).toEqual(['q1']));
    await quiet(desk);

    desk.edit('q1', 'parts', { ...entry('partly'), parts: ['a'] });

    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));
  });

  it('keeps what is typed while an answer is on its way', async () => {
    let arrive: (held: Held) => void = () => undefined;
    const slow = new Desk({
      owner: 'x', storage, whole: () => true, rest: 0,
      send: (change) => {
        sent.push(change);
        return new Promise((done) => { arrive = done; });
      },
    });
    slow.edit('q1', 'reason', entry('yes', 'eerst'));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    slow.edit('q1', 'reason', entry('yes', 'eerst en meer'));

    arrive({ entry: entry('yes', 'eerst'), etag: '"1"' });

    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toMatchObject({ base: '"1"', entry: { reason: 'eerst en meer' } });
  });

  it('keeps what the server took last when an older reading arrives late', async () => {
    const desk = open();
    desk.load([['q1', { entry: entry('no'), etag: '"v4"' }]]);
    answer = ({ entry: one }) => ({ entry: one as Entry, etag: '"v5"' });
    desk.edit('q1', 'value', entry('yes'));
    await vi.waitFor(() => expect(desk.view().waiting).toHaveLength(0));

    desk.load([['q1', { entry: entry('no'), etag: '"v4"' }]]);

    expect(desk.view().entries.get('q1')?.value).toBe('yes');
    expect(desk.heldOf('q1')?.etag).toBe('"v5"');
  });

  it('leaves nothing on the device after signing out', async () => {
    answer = () => {
      throw refuse(0);
    };
    const desk = open();
    desk.edit('q1', 'value', entry('yes'));
    await vi.waitFor(() => expect(desk.view().standing).toBe('offline'));
    expect(somethingUnsent()).toBe(true);

    desk.stop();
    clearDevice();
    desk.edit('q1', 'value', entry('no'));

    expect(somethingUnsent()).toBe(false);
  });
});
