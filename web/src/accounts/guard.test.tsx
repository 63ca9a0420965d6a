// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rememberSignIn, SessionProvider } from '../app/session';
import { SignedIn } from './guard';

/** A visit to a page for administrators by who has this session. */
function visit(session: { mustChangePassword: boolean; permissions: string[] }) {
  rememberSignIn();
  vi.stubGlobal('fetch', vi.fn(async () => new Response(JSON.stringify({
    accountId: '0193a5c0-0000-7000-8000-000000000001', name: 'beheer', roles: ['administrator'], ...session,
  }), { headers: { 'Content-Type': 'application/json' } })));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={['/beheer/accounts']}>
        <SessionProvider>
          <Routes>
            <Route path="/beheer/accounts" element={<SignedIn permission="manage_accounts">{() => <p>accounts</p>}</SignedIn>} />
            <Route path="/account" element={<SignedIn>{() => <p>own password</p>}</SignedIn>} />
          </Routes>
        </SessionProvider>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('A page for who is signed in', () => {
  it('leads who has a one-time password to where an own one is chosen', async () => {
    visit({ mustChangePassword: true, permissions: ['public', 'signed_in'] });

    expect(await screen.findByText('own password')).toBeTruthy();
  });

  it('is shown to who has an own password', async () => {
    visit({ mustChangePassword: false, permissions: ['public', 'signed_in', 'manage_accounts'] });

    expect(await screen.findByText('accounts')).toBeTruthy();
  });

  it('says to whom it may not be shown', async () => {
    visit({ mustChangePassword: false, permissions: ['public', 'signed_in'] });

    expect(await screen.findByRole('heading', { level: 1 })).toBeTruthy();
    expect(screen.queryByText('accounts')).toBeNull();
  });
});
