import type { ReactNode } from 'react';
import { NavLink } from '../../components/nav.link';
import { ACCOUNT_PAGES } from '../../session/account.pages';
import { currentSession } from '../../session/current.session';

/** The frame of the account's pages: the way from one to the other, for whoever is signed in. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  return (
    <>
      {session && (
        <nav aria-label="Account" className="page-nav">
          <NavLink href={ACCOUNT_PAGES.overview}>Overview</NavLink>
          <NavLink href={ACCOUNT_PAGES.sessions}>Sessions</NavLink>
          <NavLink href={ACCOUNT_PAGES.identities}>Ways to sign in</NavLink>
          <NavLink href={ACCOUNT_PAGES.activity}>Activity</NavLink>
          <NavLink href={ACCOUNT_PAGES.delete}>Delete account</NavLink>
        </nav>
      )}
      {children}
    </>
  );
}
