// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { offline, type Problem } from '../app/client';
import { devicePrefix } from '../app/device';

// The desk of one respondent: what the server holds, and what was changed here and is not there yet. What was changed
// is kept on the device from the first key press until the server has it, so that a lost connection, an expired
// session or a closed lid costs nothing. It is sent in the order in which it was changed, one answer at a time.

export interface Proof {
  kind: 'link' | 'file' | 'asserted';
  title: string;
  url?: string;
  /** Of a file that was uploaded. */
  fileId?: string;
}

/** What somebody says to one question. */
export interface Entry {
  value: string | null;
  parts: string[];
  /** Of a survey: the choices, or one number or text. */
  values: string[];
  reason: string;
  note: string;
  proofs: Proof[];
}

export const emptyEntry: Entry = { value: null, parts: [], values: [], reason: '', note: '', proofs: [] };

export const isEmpty = (entry: Entry): boolean =>
  entry.value === null && entry.values.length === 0 && entry.reason.trim() === '' && entry.note.trim() === '' && entry.proofs.length === 0;

/** What the server holds for one question, with the version that a change must name. */
export interface Held { entry: Entry; etag: string | null }

/** One change that the server does not have yet. */
export interface Change {
  question: string;
  /** null: back to not answered. */
  entry: Entry | null;
  /** The version that was on the screen when the change began; null when there was no answer. */
  base: string | null;
  /** The person said that what was asked about may stand. */
  confirmed: boolean;
  /** Why the server does not take it as it is, and what it holds itself when somebody was first. */
  problem?: Problem;
  theirs?: Held | null;
}

export type Standing = 'kept' | 'sending' | 'offline' | 'signed-out' | 'busy';

export interface View {
  /** Per question what stands on the screen: the change if there is one, else what the server holds. */
  entries: ReadonlyMap<string, Entry>;
  waiting: readonly Change[];
  standing: Standing;
  /** When the server took the last change. */
  savedAt: Date | null;
  mayUndo: boolean;
}

/** Takes one change to the server and says what it holds then. Throws what is refused. */
export type Sender = (change: Change) => Promise<Held | null>;
/** The refusal that a sender throws. */
export interface Refusal { problem: Problem; theirs?: Held | null }

interface Step { question: string; field: string; before: Entry | null }

const version = ({ etag }: Held): number => Number(/\d+/.exec(etag ?? '')?.[0] ?? 0);
const retryAfter = [2_000, 5_000, 10_000, 30_000];

export class Desk {
  #held = new Map<string, Held>();
  #waiting: Change[] = [];
  #steps: Step[] = [];
  #standing: Standing = 'kept';
  #savedAt: Date | null = null;
  #view: View;
  #listeners = new Set<() => void>();
  #sending = false;
  #tries = 0;
  #stopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly options: {
      /** Names whose answers these are: of another account or another link they are not read and not sent. */
      owner: string;
      storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
      send: Sender;
      /** False: an answer that is not whole yet, for example partly without its parts; it waits on the device. */
      whole: (question: string, entry: Entry) => boolean;
      /** False: an answer can be changed but not taken away, as in settling. */
      mayEmpty?: boolean;
      /** How long a change rests before it is sent, so that typing is not sent letter by letter (ms). */
      rest?: number;
    },
  ) {
    const kept = options.storage.getItem(devicePrefix + options.owner);
    if (kept) {
      try {
        this.#waiting = (JSON.parse(kept) as Change[]).map(({ question, entry, base, confirmed }) => ({ question, entry, base, confirmed }));
      } catch {
        options.storage.removeItem(devicePrefix + options.owner);
      }
    }
    this.#view = this.#look();
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  view = (): View => this.#view;

  /** What the server holds, as it was just read. Changes that wait stay in front of it, and so does what the server
      took after it began to answer. */
  load(held: Iterable<readonly [string, Held]>) {
    const read = new Map(held);
    for (const [question, ours] of this.#held) {
      const theirs = read.get(question);
      if (theirs && version(theirs) < version(ours)) read.set(question, ours);
    }
    this.#held = read;
    this.#changed();
    if (this.#waiting.length > 0) this.#soon(0);
  }

  heldOf = (question: string): Held | undefined => this.#held.get(question);

  changeOf = (question: string): Change | undefined => this.#waiting.find((change) => change.question === question);

  /** A person changed a field. Changes of one text after each other are one step to undo. */
  edit(question: string, field: keyof Entry, entry: Entry) {
    const before = this.#view.entries.get(question) ?? null;
    const last = this.#steps.at(-1);
    const sameText = last?.question === question && last.field === field && (field === 'reason' || field === 'note');
    if (!sameText) this.#steps.push({ question, field, before });
    if (this.#steps.length > 50) this.#steps.shift();
    this.#put(question, isEmpty(entry) && this.options.mayEmpty !== false ? null : entry, false);
  }

  /** The person read what was asked about and lets it stand. */
  confirm(question: string) {
    const change = this.changeOf(question);
    if (change) this.#put(question, change.entry, true, 0);
  }

  /** Takes back the last change and says which question it was. */
  undo(): string | null {
    if (!this.#view.mayUndo) return null;
    const step = this.#steps.pop();
    if (!step) return null;
    this.#put(step.question, step.before, false, 0);
    return step.question;
  }

  /** Somebody was first: this is what it becomes, after seeing both. */
  settle(question: string, entry: Entry) {
    const change = this.changeOf(question);
    if (!change) return;
    const theirs = change.theirs ?? null;
    if (theirs) this.#held.set(question, theirs);
    else this.#held.delete(question);
    this.#waiting = this.#waiting.map((one) => (one === change
      ? { question, entry, base: theirs?.etag ?? null, confirmed: false } : one));
    this.#keep();
    this.#soon(0);
  }

  /** Takes what the server holds and forgets what was changed here. */
  takeTheirs(question: string) {
    const change = this.changeOf(question);
    if (!change) return;
    if (change.theirs) this.#held.set(question, change.theirs);
    else this.#held.delete(question);
    this.#waiting = this.#waiting.filter((one) => one !== change);
    this.#keep();
  }

  /** Sends now what waits: on leaving a question, when the connection is back, after signing in again. */
  now() {
    this.#tries = 0;
    this.#soon(0);
  }

  /** Sends and keeps nothing any more. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #put(question: string, entry: Entry | null, confirmed: boolean, rest = this.options.rest ?? 600) {
    const waits = this.changeOf(question);
    const base = waits ? waits.base : this.#held.get(question)?.etag ?? null;
    const change: Change = {
      question, entry, base, confirmed,
      // Who has not chosen yet between two texts goes on with his own; the question stays open.
      ...(waits?.problem?.status === 412 && { problem: waits.problem, theirs: waits.theirs ?? null }),
    };
    this.#waiting = waits ? this.#waiting.map((one) => (one === waits ? change : one)) : [...this.#waiting, change];
    this.#keep();
    this.#soon(rest);
  }

  #soon(wait: number) {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), wait);
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (;;) {
        const change = this.#waiting.find((one) => !one.problem && (one.entry === null || this.options.whole(one.question, one.entry)));
        if (!change) break;
        // Answered and taken back before the server knew of it.
        if (change.entry === null && !this.#held.has(change.question) && change.base === null) {
          this.#waiting = this.#waiting.filter((one) => one !== change);
          this.#keep();
          continue;
        }
        this.#stand('sending');
        let held: Held | null;
        try {
          held = await this.options.send(change);
        } catch (error) {
          if (!this.#refused(change, error as Refusal)) return;
          continue;
        }
        this.#tries = 0;
        this.#savedAt = new Date();
        if (held) this.#held.set(change.question, held);
        else this.#held.delete(change.question);
        // What was typed while it was on its way waits with the new version as its base.
        this.#waiting = this.#waiting.flatMap((one) => (one.question !== change.question ? [one]
          : one === change ? [] : [{ ...one, base: held?.etag ?? null }]));
        this.#keep();
      }
      this.#stand('kept');
    } finally {
      this.#sending = false;
    }
  }

  /** Whether the rest may go on: a refused answer does not hold up the others, a lost connection holds up all. */
  #refused(sent: Change, { problem, theirs }: Refusal): boolean {
    const later = problem.status === offline || problem.status === 429 || problem.status >= 500;
    if (later || problem.status === 401) {
      this.#stand(problem.status === 401 ? 'signed-out' : problem.status === offline ? 'offline' : 'busy');
      if (later) {
        this.#soon(retryAfter[Math.min(this.#tries, retryAfter.length - 1)] ?? 30_000);
        this.#tries += 1;
      }
      return false;
    }
    this.#waiting = this.#waiting.map((one) => (one === sent ? { ...one, problem, ...(theirs !== undefined && { theirs }) } : one));
    this.#keep();
    return true;
  }

  #stand(standing: Standing) {
    this.#standing = standing;
    this.#changed();
  }

  #keep() {
    if (this.#stopped) return;
    const name = devicePrefix + this.options.owner;
    if (this.#waiting.length === 0) this.options.storage.removeItem(name);
    else {
      this.options.storage.setItem(name, JSON.stringify(this.#waiting.map(({ question, entry, base, confirmed }) => ({ question, entry, base, confirmed }))));
    }
    this.#changed();
  }

  #look(): View {
    const entries = new Map<string, Entry>();
    for (const [question, { entry }] of this.#held) entries.set(question, entry);
    for (const { question, entry } of this.#waiting) {
      if (entry) entries.set(question, entry);
      else entries.delete(question);
    }
    return { entries, waiting: this.#waiting, standing: this.#standing, savedAt: this.#savedAt, mayUndo: this.#steps.length > 0 && (this.options.mayEmpty !== false || this.#steps.at(-1)?.before !== null) };
  }

  #changed() {
    this.#view = this.#look();
    this.#listeners.forEach((listener) => listener());
  }
}
