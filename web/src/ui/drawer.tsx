// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './icons';
import { useTexts } from './language';
import { drawerId } from './number';
import { texts } from './texts';

/** The place beside the page where the source of a number is told. It pushes the page and does not cover it; on a
    phone it is a sheet under the number. Escape or Sluiten closes it; who opens it decides where focus returns to. */
export function Drawer({ title, onClose, takesFocus, children }: {
  title: string; onClose: () => void; takesFocus: boolean; children: ReactNode;
}) {
  const words = useTexts(texts);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (takesFocus) heading.current?.focus({ preventScroll: true });
  }, [takesFocus]);

  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      onClose();
    };
    document.addEventListener('keydown', escape);
    return () => document.removeEventListener('keydown', escape);
  }, [onClose]);

  return (
    <aside className="bp-drawer" id={drawerId} aria-labelledby={`${drawerId}-titel`}>
      <div className="bp-drawer__inner">
        <div className="bp-drawer__top">
          <h2 id={`${drawerId}-titel`} ref={heading} tabIndex={-1}>{title}</h2>
          <button type="button" className="bp-drawer__close" onClick={onClose}><Icon name="close" />{words.close}</button>
        </div>
        {children}
      </div>
    </aside>
  );
}
