// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { Drawer } from './drawer';
import { useOwnSource } from './own-source';

/** The drawer of a number that the page itself explains. */
export default function OwnDrawer({ source, onClose, takesFocus }: { source: string; onClose: () => void; takesFocus: boolean }) {
  const told = useOwnSource(source);
  if (!told) return null;
  return <Drawer title={told.title} onClose={onClose} takesFocus={takesFocus}>{told.content}</Drawer>;
}
