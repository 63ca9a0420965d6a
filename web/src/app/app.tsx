// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Component, type ReactNode, Suspense } from 'react';
import { BrowserRouter, Outlet, type RouteObject, useLocation, useRoutes } from 'react-router';
import { offline, Refused } from './client';
import { page } from './loading';
import { ProblemPage } from './problem';
import { Shell } from './shell';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      // A refusal stays a refusal; only a breakdown or a lost connection is tried once more.
      retry: (count, error) => count < 1 && !(error instanceof Refused && error.problem.status >= 400 && error.problem.status < 500),
      refetchOnWindowFocus: false,
    },
  },
});

type Load = () => Promise<{ default: React.ComponentType }>;

/** Every page, once: the same paths stand under / in Dutch and under /en in English. */
export const pages: [path: string, load: Load][] = [
  ['', () => import('../publication/home-page')],
  ['versterkingsgelden', () => import('../publication/clusters-page')],
  ['versterkingsgelden/gemeenten-2019', () => import('../publication/lead-applicants-page')],
  ['versterkingsgelden/:cluster', () => import('../publication/factsheet-page')],
  ['behoeften-2015', () => import('../publication/survey-page')],
  ['actieplan-2007-2011', () => import('../publication/action-plan-page')],
  ['actieplan-2007-2011/geld', () => import('../publication/action-plan-money-page')],
  ['kloppen-de-cijfers', () => import('../figures/findings-page')],
  ['cijfers', () => import('../figures/figures-page')],
  ['bronnen', () => import('../figures/documents-page')],
  ['tabel-nakijken', () => import('../figures/inspect/inspect-page')],
  ['zo-werkt-het', () => import('../publication/how-page')],
  ['woordenlijst', () => import('../publication/glossary-page')],
  ['toegankelijkheid', () => import('../publication/accessibility-page')],
  ['privacy', () => import('../publication/privacy-page')],
  ['inloggen', () => import('../accounts/sign-in-page')],
  ['account', () => import('../accounts/account-page')],
  ['beheer/accounts', () => import('../accounts/accounts-page')],
  ['beheer/logboek', () => import('../accounts/audit-page')],
  ['mijn-werk', () => import('../quickscan/work/work-page')],
  ['scans', () => import('../quickscan/scans/list-page')],
  ['scans/nieuw', () => import('../quickscan/scans/new-page')],
  ['scans/:id', () => import('../quickscan/scans/scan-page')],
  ['scans/:id/vragen', () => import('../quickscan/answering/answering-page')],
  ['scans/:id/vragen/:nr', () => import('../quickscan/answering/answering-page')],
  ['scans/:id/samen', () => import('../quickscan/settling/settling-page')],
  ['scans/:id/samen/:nr', () => import('../quickscan/settling/settling-page')],
  ['scans/:id/resultaat', () => import('../quickscan/result/result-page')],
  ['scans/:id/acties', () => import('../quickscan/actions/actions-page')],
  ['scans/:id/verslag/:kind', () => import('../quickscan/report/report-page')],
  ['raad', () => import('../quickscan/result/council-page')],
  ['raad/:id', () => import('../quickscan/result/council-page')],
  ['antwoorden', () => import('../quickscan/answering/link-page')],
  ['antwoorden/vragen/:nr', () => import('../quickscan/answering/link-page')],
  ['vragenlijsten', () => import('../quickscan/instruments/instruments-page')],
  ['vragenlijsten/inlezen', () => import('../quickscan/instruments/read-page')],
  ['vragenlijsten/:key/:version', () => import('../quickscan/instruments/instrument-page')],
  ['vragenlijsten/:key/:version/papier', () => import('../quickscan/instruments/paper-form-page')],
  ['landelijk-beeld', () => import('../national/overview-page')],
  ['landelijk-beeld/:round', () => import('../national/round-page')],
  ['vragenrondes', () => import('../national/rounds-page')],
  ['behoeften', () => import('../national/needs-page')],
  ['scans/:id/inleveren', () => import('../national/hand-in-page')],
  ['rollen', () => import('../accounts/roles-page')],
];

const children: RouteObject[] = pages.map(([path, load]) => {
  const Page = page(load);
  return path === '' ? { index: true, element: <Page /> } : { path, element: <Page /> };
});

const routes: RouteObject[] = (['en', 'nl'] as const).map((language) => ({
  path: language === 'en' ? '/en' : '/',
  element: <Shell language={language}><Guarded><Outlet /></Guarded></Shell>,
  children: [...children, { path: '*', element: <ProblemPage problem={{ status: 404, title: '' }} /> }],
}));

/** A page that failed while it was shown or fetched: said in words, with the rest of the site around it. */
class Guard extends Component<{ path: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate(before: { path: string }) {
    if (this.state.failed && before.path !== this.props.path) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const status = navigator.onLine ? 500 : offline;
    return <ProblemPage problem={{ status, title: '' }} onRetry={() => window.location.reload()} />;
  }
}

function Guarded({ children }: { children: ReactNode }) {
  return <Guard path={useLocation().pathname}>{children}</Guard>;
}

const Pages = () => useRoutes(routes);

export function App() {
  return (
    <QueryClientProvider client={client}>
      {/* One boundary around everything: while the code of a page is on its way, the page that was read stays whole. */}
      <BrowserRouter><Suspense><Pages /></Suspense></BrowserRouter>
    </QueryClientProvider>
  );
}
