// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import type { components } from './api';
import { useResource } from './client';

export type Session = components['schemas']['Session'];

interface Known { session: Session | null; known: boolean }
const SessionContext = createContext<Known>({ session: null, known: false });

/** Who is signed in, or null. `known` is false while the server has not answered yet. */
export const useSession = (): Known => useContext(SessionContext);

// A visitor without an account is not asked who he is: only a browser that signed in before asks the server. The mark
// says that and nothing more; the session itself is in a cookie that scripts cannot read.
const mark = 'beproefd-signed-in';
const listeners = new Set<() => void>();
const hasSignedIn = (): boolean => localStorage.getItem(mark) !== null;
const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function rememberSignIn() {
  localStorage.setItem(mark, '1');
  listeners.forEach((listener) => listener());
}

export function forgetSignIn() {
  localStorage.removeItem(mark);
  listeners.forEach((listener) => listener());
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const asked = useSyncExternalStore(listen, hasSignedIn);
  const { data, problem } = useResource('/api/v1/sessions/current', {}, asked);
  const ended = problem?.status === 401;
  useEffect(() => {
    if (ended) forgetSignIn();
  }, [ended]);
  return (
    <SessionContext.Provider value={{ session: asked && data ? data : null, known: !asked || data !== undefined || problem !== undefined }}>
      {children}
    </SessionContext.Provider>
  );
}
