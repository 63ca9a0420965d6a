// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// What was filled in and not sent yet stays on the device of who filled it in, and goes at signing out.

/** Everything of ours that is kept on a device until it is sent begins with this. */
export const devicePrefix = 'beproefd-own:';

const cleaners = new Set<() => void>();

/** Is told when somebody signs out, to forget what it holds. */
export const atSignOut = (cleaner: () => void) => void cleaners.add(cleaner);

const names = (storage: Storage): string[] =>
  Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter((name) => name.startsWith(devicePrefix));

/** Whether something here was not sent yet. */
export const somethingUnsent = (storage: Storage = localStorage): boolean => names(storage).length > 0;

/** Removes from the device what was not sent. */
export function clearDevice(storage: Storage = localStorage) {
  cleaners.forEach((clean) => clean());
  names(storage).forEach((name) => storage.removeItem(name));
}
