import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AccountForm } from '../../../components/account.form';
import { Outcome, type PageQuery, single } from '../../../components/outcome';
import { ACCOUNT_PAGES } from '../../../session/account.pages';
import { requireSession } from '../../../session/current.session';
import { readKeptTicket } from '../../../session/link.ticket';
import { openSealed } from '../../../session/sealed.cookie';
import { frontendSettings } from '../../../settings/environment';

export const metadata: Metadata = { title: 'Link a sign-in' };

/** Asks whether a sign-in that was refused shall lead into this account too. */
export default async function LinkPage({ searchParams }: { searchParams: PageQuery }) {
  const { account } = await requireSession(ACCOUNT_PAGES.link);
  const kept = readKeptTicket(await openSealed('link-ticket'));
  // What became of the ticket is said where its outcome can be seen.
  if (!kept) redirect(withCode(ACCOUNT_PAGES.identities, single((await searchParams).error)));
  const title = frontendSettings().providers.find(({ id }) => id === kept.provider)?.title ?? kept.provider;
  return (
    <>
      <h1>
        Link your {title} <span className="unbroken">sign-in</span> to this account?
      </h1>
      <Outcome query={searchParams} />
      <section className="card" aria-label="What is linked">
        <p>
          You wanted to sign in with {title}
          {kept.label && (
            <>
              {' '}
              as <strong>{kept.label}</strong>
            </>
          )}
          . You are signed in as <strong>{account.email ?? account.name ?? 'somebody without a name'}</strong>.
        </p>
        <p>If you link the two, either leads into this account. Do it only if both are yours.</p>
        <div className="button-row">
          <AccountForm name="link">
            <button type="submit" className="button">
              Link {title}
            </button>
          </AccountForm>
          <AccountForm name="decline-link">
            <button type="submit" className="button button-quiet">
              Do not link
            </button>
          </AccountForm>
        </div>
      </section>
    </>
  );
}

function withCode(page: string, error: string | undefined): string {
  return error ? `${page}?${new URLSearchParams({ error }).toString()}` : page;
}
