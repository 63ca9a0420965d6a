// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import type { ReactNode } from 'react';
import { useNavigate, useLocation } from 'react-router';
import { useEffect } from 'react';
import { type Session, useSession } from '../app/session';
import { ProblemPage } from '../app/problem';
import { usePath } from '../ui/elements';
import { Loading } from '../ui/page';

/** Shows a page to who is signed in; a visitor goes to the sign-in page and comes back here, and who still has a one-time
    password goes to the page where an own one is chosen. The server decides what an account may do; `permission` only
    spares a page that could not show anything. */
export function SignedIn({ permission, children }: { permission?: string; children: (session: Session) => ReactNode }) {
  const { session, known } = useSession();
  const navigate = useNavigate();
  const path = usePath();
  const here = useLocation().pathname;
  const away = known && session === null;
  useEffect(() => {
    if (away) void navigate(`${path('/inloggen')}?terug=${encodeURIComponent(here)}`, { replace: true });
  }, [away, navigate, path, here]);
  const account = path('/account');
  const choosesFirst = session?.mustChangePassword === true && here !== account;
  useEffect(() => {
    if (choosesFirst) void navigate(account, { replace: true });
  }, [choosesFirst, navigate, account]);
  if (!session || choosesFirst) return <Loading />;
  if (permission && !session.permissions.includes(permission)) return <ProblemPage problem={{ status: 403, title: '' }} />;
  return children(session);
}
