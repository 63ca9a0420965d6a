// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ComponentType, lazy, useSyncExternalStore } from 'react';

let waiting = 0;
const listeners = new Set<() => void>();
function count(step: number) {
  waiting += step;
  listeners.forEach((tell) => tell());
}

/** A page whose code comes when it is first asked for; until then the page that was being read stays. */
export function page(load: () => Promise<{ default: ComponentType }>) {
  return lazy(async () => {
    count(1);
    try {
      return await load();
    } finally {
      count(-1);
    }
  });
}

/** Whether the code of a page is on its way. */
export const useLoading = (): boolean => useSyncExternalStore(
  (tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
  () => waiting > 0,
);
