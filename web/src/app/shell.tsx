// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link as RouterLink, useLocation, useSearchParams } from 'react-router';
import { PlainLink, Link, SkipLink, usePath } from '../ui/elements';
import { formatDate } from '../ui/format';
import { Icon, Mark, Sprite } from '../ui/icons';
import { type Language, LanguageProvider, fill, useLanguage, useTexts } from '../ui/language';
import { PrintNotesScope, PrintSources, type SourceDoor, SourceDoorProvider } from '../ui/number';
import { ownPrefix } from '../ui/own-source';
import { useInstallation } from './installation';
import { useLoading } from './loading';
import { currentEntry, entries, ownEntries, withoutLanguage } from './menu';
import { ScrollPlaces } from './scroll';
import { SessionProvider, useSession } from './session';
import { texts } from './texts';

const SourceDrawer = lazy(() => import('../figures/source-drawer'));
const OwnDrawer = lazy(() => import('../ui/own-drawer'));

/** Everything around a page: header, the page with the drawer beside it, footer. */
export function Shell({ language, children }: { language: Language; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageProvider value={language}>
      <SessionProvider><Frame>{children}</Frame></SessionProvider>
    </LanguageProvider>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const words = useTexts(texts);
  const { pathname } = useLocation();
  const busy = useLoading();
  const { theme } = useInstallation();
  useEffect(() => {
    document.body.className = theme;
  }, [theme]);
  return (
    <>
      <Sprite />
      <SkipLink>{words.skip}</SkipLink>
      <DemonstrationStrip />
      <Header />
      <PrintNotesScope key={pathname}>
        <main id="inhoud" tabIndex={-1} aria-busy={busy || undefined}>
          <WithDrawer>
            {children}
            <div className="bp-wrap"><PrintSources /></div>
          </WithDrawer>
        </main>
      </PrintNotesScope>
      <Footer />
      <ScrollPlaces />
    </>
  );
}

/** The open number stands in the address (?bron=KEY), so that a link to a source can be sent to somebody. */
function WithDrawer({ children }: { children: ReactNode }) {
  const [search, setSearch] = useSearchParams();
  const open = search.get('bron');
  const opener = useRef<HTMLElement | null>(null);
  const [byHand, setByHand] = useState(false);

  const show = useCallback((key: string | null, replace: boolean) => {
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (key === null) next.delete('bron');
      else next.set('bron', key);
      return next;
    }, { replace });
  }, [setSearch]);

  const close = useCallback(() => {
    const key = open;
    show(null, true);
    // Back to the number it was opened from, or to the first number with this source.
    const back = opener.current?.isConnected ? opener.current
      : key === null ? null : document.querySelector<HTMLElement>(`[data-source="${CSS.escape(key)}"]`);
    back?.focus();
    opener.current = null;
  }, [open, show]);

  const door = useMemo<SourceDoor>(() => ({
    open,
    toggle: (key, from) => {
      if (open === key) {
        close();
        return;
      }
      opener.current = from;
      setByHand(true);
      show(key, open !== null);
    },
  }), [open, show, close]);

  // On a phone the sheet lies over the lower part: keep the number in view above it. A number that was opened by its
  // address is looked for until the page has its figures.
  useEffect(() => {
    if (open === null) return;
    const sheet = window.matchMedia('(max-width: 64rem)').matches;
    if (opener.current) {
      if (sheet) opener.current.scrollIntoView({ block: 'start' });
      return;
    }
    let tries = 0;
    const looking = window.setInterval(() => {
      tries += 1;
      const number = document.querySelector<HTMLElement>(`.bp-withdrawer__page [data-source="${CSS.escape(open)}"]`);
      if (number) number.scrollIntoView({ block: sheet ? 'start' : 'center' });
      if (number || tries >= 30) window.clearInterval(looking);
    }, 100);
    return () => window.clearInterval(looking);
  }, [open]);

  return (
    <SourceDoorProvider value={door}>
      {/* The same elements with and without a drawer, so that the page beside it stays as it is. */}
      <div className={open === null ? undefined : 'bp-withdrawer'}>
        <div className={open === null ? undefined : 'bp-withdrawer__page'}>{children}</div>
        {open !== null && (
          <Suspense fallback={null}>
            {open.startsWith(ownPrefix) ? <OwnDrawer source={open} onClose={close} takesFocus={byHand} />
              : <SourceDrawer figure={open} onClose={close} takesFocus={byHand} />}
          </Suspense>
        )}
      </div>
    </SourceDoorProvider>
  );
}

function DemonstrationStrip() {
  const words = useTexts(texts).demonstration;
  const { demonstration } = useInstallation();
  if (!demonstration) return null;
  return (
    <aside className="bp-demo" aria-label={words.title}>
      <div className="bp-wrap"><p><b>{words.title}</b> {words.text}</p></div>
    </aside>
  );
}

function Header() {
  const words = useTexts(texts);
  const path = usePath();
  const here = withoutLanguage(useLocation().pathname);
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [here]);
  const current = currentEntry(here);
  const { session } = useSession();
  const mine = ownEntries.filter(({ permission }) => session?.permissions.includes(permission));
  const shown = mine.length > 0 ? [...mine, ...entries.filter(({ name }) => name !== 'plan')] : entries;
  return (
    <header className="bp-header">
      <div className="bp-wrap bp-header__row">
        <RouterLink className="bp-brand" to={path('/')} aria-label={words.brand}><Mark /><span>Beproefd</span></RouterLink>
        <nav aria-label={words.nav.label} id="menu" className={open ? 'is-open' : undefined}>
          <ul className="bp-nav">
            {shown.map(({ to, name }) => (
              <li key={to}>
                <RouterLink to={path(to)} aria-current={name === current ? (to === here ? 'page' : 'true') : undefined}>
                  {words.nav[name]}
                </RouterLink>
              </li>
            ))}
          </ul>
          <ul className="bp-tools">
            <li><RouterLink to={`${path('/cijfers')}#zoeken`}><Icon name="search" />{words.tools.search}</RouterLink></li>
            <li><LanguageLink /></li>
            <li><AccountLink /></li>
          </ul>
        </nav>
        <button type="button" className="bp-menu" aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>
          <Icon name={open ? 'close' : 'menu'} />{words.menu}
        </button>
      </div>
    </header>
  );
}

/** The same page in the other language, with the same question and the same open number. */
function LanguageLink() {
  const words = useTexts(texts);
  const { pathname, search } = useLocation();
  const other = useLanguage() === 'nl' ? 'en' : 'nl';
  const plain = withoutLanguage(pathname);
  const to = other === 'en' ? `/en${plain === '/' ? '' : plain}` : plain;
  return <RouterLink to={to + search} lang={other} hrefLang={other}>{words.tools.language}</RouterLink>;
}

function AccountLink() {
  const words = useTexts(texts).tools;
  const path = usePath();
  const { session } = useSession();
  return session
    ? <RouterLink to={path('/account')}><Icon name="user" />{words.account}</RouterLink>
    : <RouterLink to={path('/inloggen')}><Icon name="user" />{words.sign_in}</RouterLink>;
}

function Footer() {
  const words = useTexts(texts).footer;
  const language = useLanguage();
  const { figuresAsOf: asOf } = useInstallation();
  return (
    <footer className="bp-footer">
      <div className="bp-wrap">
        <div className="bp-footer__grid">
          <div><h2>Beproefd</h2><p className="bp-small">{words.about}</p></div>
          <div>
            <h2>{words.figures}</h2>
            <ul>
              <li><Link to="/cijfers">{words.all_figures}</Link></li>
              <li><Link to="/kloppen-de-cijfers">{words.findings}</Link></li>
              <li><Link to="/tabel-nakijken">{words.inspect}</Link></li>
              <li><Link to="/bronnen">{words.sources}</Link></li>
              <li><PlainLink href="/api/v1/openapi.json">{words.open_data}</PlainLink></li>
            </ul>
          </div>
          <div>
            <h2>{words.help}</h2>
            <ul>
              <li><Link to="/zo-werkt-het">{words.how}</Link></li>
              <li><Link to="/vragenlijsten">{words.instruments}</Link></li>
              <li><Link to="/woordenlijst">{words.glossary}</Link></li>
              <li><Link to="/rollen">{words.roles}</Link></li>
            </ul>
          </div>
          <div>
            <h2>{words.site}</h2>
            <ul>
              <li><Link to="/toegankelijkheid">{words.accessibility}</Link></li>
              <li><Link to="/privacy">{words.privacy}</Link></li>
              <li><PlainLink href="/.well-known/security.txt">{words.security}</PlainLink></li>
            </ul>
          </div>
        </div>
        <div className="bp-footer__base">
          {asOf && <span>{fill(words.date, { date: formatDate(asOf, language) })}</span>}<span>{words.licence}</span>
        </div>
      </div>
    </footer>
  );
}
