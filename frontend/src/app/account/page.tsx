import type { Metadata } from 'next';
import { readAccount, type Account } from '../../api/account.answer';
import { Alert } from '../../components/alert';
import { Avatar } from '../../components/avatar';
import { Moment } from '../../components/moment';
import { RefusalAlert } from '../../components/refusal.alert';
import { SignOutForms } from '../../components/sign-out.forms';
import { askAs } from '../../session/backend.access';
import { requireSession } from '../../session/current.session';
import { frontendSettings } from '../../settings/environment';

export const metadata: Metadata = { title: 'Account' };

type Query = Promise<Record<string, string | string[] | undefined>>;

/** What the backend knows about the person, and the ways out. */
export default async function AccountPage({ searchParams }: { searchParams: Query }) {
  const session = await requireSession('/account');
  const account = await askAs(session, '/accounts/me', {}, readAccount);
  const { notice } = await searchParams;
  return (
    <>
      <h1>Your account</h1>
      {notice === 'confirm_sign_out' && (
        <Alert tone="warning">
          <p>You are still signed in. To sign out, press the button below.</p>
        </Alert>
      )}
      {account.ok ? (
        <AccountCard account={account.value} sessionEnds={session.expiresAt * 1_000} />
      ) : (
        <RefusalAlert code={account.refusal.code} />
      )}
      <section aria-labelledby="sign-out-heading">
        <h2 id="sign-out-heading">Sign out</h2>
        <p>“Everywhere” ends every session of this account, on all devices, at once.</p>
        <SignOutForms />
      </section>
    </>
  );
}

function AccountCard({ account, sessionEnds }: { account: Account; sessionEnds: number }) {
  const { providers } = frontendSettings();
  const provider = providers.find(({ id }) => id === account.provider)?.title ?? account.provider;
  const name = account.name ?? account.email ?? 'Somebody without a name';
  return (
    <section className="card" aria-label="Account details">
      <div className="person">
        <Avatar picture={account.picture} label={name} />
        <div>
          <p className="person-name">{name}</p>
          <EmailLine account={account} />
        </div>
      </div>
      <dl className="facts">
        <dt>Signed up with</dt>
        <dd>{provider}</dd>
        {account.createdAt !== undefined && (
          <>
            <dt>Account made</dt>
            <dd>
              <Moment instant={account.createdAt} />
            </dd>
          </>
        )}
        <dt>This session ends</dt>
        <dd>
          <Moment instant={sessionEnds} />
        </dd>
        <dt>Account id</dt>
        <dd>
          <code>{account.id}</code>
        </dd>
      </dl>
    </section>
  );
}

function EmailLine({ account }: { account: Account }) {
  if (account.email === null) return <p className="person-email">No e-mail address</p>;
  return (
    <p className="person-email">
      <span>{account.email}</span>{' '}
      <span className={account.emailVerified ? 'badge badge-good' : 'badge badge-warning'}>
        {account.emailVerified ? 'verified' : 'not verified'}
      </span>
    </p>
  );
}
