// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { atSignOut } from '../../app/device';
import { useLanguage } from '../../ui/language';
import { held, type Instrument, sender, type WireAnswer } from '../api';
import { Desk, type Sender, type View } from '../desk';
import { isWhole } from './whole';

// One desk per owner for as long as this window is open, so that going to another page and back loses nothing.

const desks = new Map<string, Desk>();

atSignOut(() => [...desks.keys()].forEach(dropDesk));

function deskOf(owner: string, whole: ConstructorParameters<typeof Desk>[0]['whole'], send: Sender, mayEmpty = true): Desk {
  let desk = desks.get(owner);
  if (!desk) {
    desk = new Desk({ owner, storage: localStorage, send, whole, mayEmpty });
    desks.set(owner, desk);
  }
  return desk;
}

/** Forgets what is here of this owner: on stopping, after what was kept on the device was removed. */
export function dropDesk(owner: string) {
  desks.get(owner)?.stop();
  desks.delete(owner);
}

/** Tries again when the connection is back or somebody looks at the page again, and warns before leaving what waits. */
function useDeskAwake(desk: Desk | undefined) {
  useEffect(() => {
    if (!desk) return;
    const again = () => { if (desk.view().waiting.length > 0) desk.now(); };
    const seen = () => { if (document.visibilityState === 'visible') again(); };
    window.addEventListener('online', again);
    document.addEventListener('visibilitychange', seen);
    return () => {
      window.removeEventListener('online', again);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [desk]);
}

export const useView = (desk: Desk): View => useSyncExternalStore(desk.subscribe, desk.view, desk.view);

/** The desk of this respondent, with what the server holds on it. */
export function useDesk(owner: string, answers: WireAnswer[], instrument: Instrument, base: string, mayEmpty = true) {
  const language = useLanguage();
  const latest = useRef(instrument);
  latest.current = instrument;
  const desk = useMemo(() => deskOf(owner, (key, entry) => isWhole(latest.current.questions.find((question) => question.key === key), entry),
    sender(base, language), mayEmpty), [owner, base, language, mayEmpty]);
  useEffect(() => desk.load(answers.map((wire) => [wire.question, held(wire)] as const)), [desk, answers]);
  useDeskAwake(desk);
  return desk;
}

let shownBefore: string | null = null;

/** Who goes to another question reads on at its title; who opens the page begins at the top. */
export function useFocusAfterMove(question: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (shownBefore !== null && shownBefore !== question) heading.current?.focus({ preventScroll: true });
    shownBefore = question;
  }, [question]);
  return heading;
}
