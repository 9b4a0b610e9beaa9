import type { Metadata, Viewport } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { BrandMark } from '../components/brand.mark';
import { NavLink } from '../components/nav.link';
import { currentSession } from '../session/current.session';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/pages.css';
import './styles/account.css';

export const metadata: Metadata = {
  title: { default: 'Token Exchange', template: '%s · Token Exchange' },
  description: 'Sign in elsewhere; a NestJS backend answers with a token of its own.',
  robots: { index: false },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

// Every answer carries a nonce of its own, which a page made at build time cannot have.
export const dynamic = 'force-dynamic';

/** The frame of every page. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  return (
    <html lang="en">
      <body>
        <a className="skip-link" href="#main">
          Skip to content
        </a>
        <header className="site-header">
          <Link href="/" prefetch={false} className="brand">
            <BrandMark />
            Token Exchange
          </Link>
          <nav aria-label="Main">
            <NavLink href="/">Home</NavLink>
            {session && <NavLink href="/account">Account</NavLink>}
            {session && <NavLink href="/notes">Notes</NavLink>}
            {!session && <NavLink href="/sign-in">Sign in</NavLink>}
          </nav>
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer className="site-footer">
          <p>Sign in elsewhere, get a token of the backend’s own.</p>
        </footer>
      </body>
    </html>
  );
}
