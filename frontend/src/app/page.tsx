import Link from 'next/link';
import { ProviderButtons } from '../components/provider.buttons';
import type { ApiSession } from '../session/api.session';
import { currentSession } from '../session/current.session';
import { DEFAULT_RETURN_PATH } from '../session/return.url';
import { frontendSettings } from '../settings/environment';

/** Home: what this is and a way in, or who one is and a way on. */
export default async function HomePage() {
  const session = await currentSession();
  return session ? <SignedIn session={session} /> : <SignedOut />;
}

function SignedIn({ session: { account } }: { session: ApiSession }) {
  const { exposeApiToken } = frontendSettings();
  return (
    <>
      <h1>Hello, {account.name ?? account.email ?? 'and welcome'}</h1>
      <p className="lead">
        You are signed in. The backend knows you by a token that{' '}
        {exposeApiToken ? 'pages of this site may use' : 'this browser cannot read'}.
      </p>
      <ul className="tiles">
        <li>
          <Link href="/account" prefetch={false}>
            <strong>Your account</strong>
            <span>What the backend knows about you, and the way out.</span>
          </Link>
        </li>
        <li>
          <Link href="/notes" prefetch={false}>
            <strong>Your notes</strong>
            <span>Data from a guarded controller that only you can see.</span>
          </Link>
        </li>
      </ul>
    </>
  );
}

function SignedOut() {
  const titles = frontendSettings().providers.map(({ title }) => title);
  const anyProvider = new Intl.ListFormat('en', { type: 'disjunction' }).format(titles);
  return (
    <>
      <h1>Use the account you already have</h1>
      <p className="lead">
        {anyProvider} says who you are. The backend checks that itself, once, and hands out a token of its own, which it
        can end at any moment.
      </p>
      <section className="card" aria-labelledby="sign-in-heading">
        <h2 id="sign-in-heading">Sign in</h2>
        <ProviderButtons callbackUrl={DEFAULT_RETURN_PATH} />
      </section>
      <section aria-labelledby="how-heading">
        <h2 id="how-heading">What happens then</h2>
        <ol className="steps">
          <li>You tell {anyProvider} who you are. No password reaches this site.</li>
          <li>This site’s server hands their signed answer to the backend.</li>
          <li>The backend verifies it, finds or makes your account, and answers with an opaque token.</li>
          <li>The token stays in an encrypted cookie; the backend can end it at once.</li>
        </ol>
      </section>
    </>
  );
}
