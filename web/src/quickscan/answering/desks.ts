// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useEffect } from 'react';
import { atSignOut } from '../../app/device';
import { Desk, type Sender } from '../desk';

// One desk per owner for as long as this window is open, so that going to another page and back loses nothing.

const desks = new Map<string, Desk>();

atSignOut(() => [...desks.keys()].forEach(dropDesk));

export function deskOf(owner: string, whole: ConstructorParameters<typeof Desk>[0]['whole'], send: Sender, mayEmpty = true): Desk {
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
export function useDeskAwake(desk: Desk | undefined) {
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
