import type { Metadata } from 'next';
import { readIdentities } from '../../../api/identity.answer';
import { Outcome, type PageQuery } from '../../../components/outcome';
import { ProviderButtons } from '../../../components/provider.buttons';
import { RefusalAlert } from '../../../components/refusal.alert';
import { ACCOUNT_PAGES } from '../../../session/account.pages';
import { askAs } from '../../../session/backend.access';
import { requireSession } from '../../../session/current.session';
import { frontendSettings } from '../../../settings/environment';
import { IdentityItem } from './identity.item';

export const metadata: Metadata = { title: 'Ways to sign in' };

/** The sign-ins that lead into the account, and how to link and unlink them. */
export default async function IdentitiesPage({ searchParams }: { searchParams: PageQuery }) {
  const session = await requireSession(ACCOUNT_PAGES.identities);
  const identities = await askAs(session, '/accounts/me/identities', {}, readIdentities);
  const linked = identities.ok ? identities.value : [];
  const others = frontendSettings().providers.filter(({ id }) => !linked.some(({ provider }) => provider === id));
  return (
    <>
      <h1>Ways to sign in</h1>
      <Outcome query={searchParams} />
      <p className="lead">Each of these leads into this account. Unlink one, and the sessions that came from it end.</p>
      {identities.ok ? (
        <ul className="entries">
          {linked.map((identity) => (
            <IdentityItem key={identity.id} identity={identity} isOnly={linked.length === 1} />
          ))}
        </ul>
      ) : (
        <RefusalAlert code={identities.refusal.code} />
      )}
      {identities.ok && others.length > 0 && (
        <section className="card" aria-labelledby="link-heading">
          <h2 id="link-heading">Link another</h2>
          <p>You sign in there once, and come back here. You stay signed in as you are.</p>
          <ProviderButtons callbackUrl={ACCOUNT_PAGES.identities} only={others} purpose="link" />
        </section>
      )}
    </>
  );
}
