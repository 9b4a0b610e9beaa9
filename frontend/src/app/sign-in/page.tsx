import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Alert } from '../../components/alert';
import { single, type PageQuery } from '../../components/outcome';
import { ProviderButtons } from '../../components/provider.buttons';
import { RefusalAlert } from '../../components/refusal.alert';
import { noticeMessage } from '../../messages/notice.messages';
import type { RefusedWay } from '../../messages/refusal.messages';
import type { ConfiguredProvider } from '../../providers/sign-in.provider';
import { providerOfSession } from '../../session/api.session';
import { currentSession } from '../../session/current.session';
import { readKeptTicket } from '../../session/link.ticket';
import { SIGN_IN_TOO_OLD } from '../../session/refusal.path';
import { returnPath } from '../../session/return.url';
import { openSealed } from '../../session/sealed.cookie';
import { frontendSettings } from '../../settings/environment';

export const metadata: Metadata = { title: 'Sign in' };

/** The way in, with a word about what happened before where there is one. */
export default async function SignInPage({ searchParams }: { searchParams: PageQuery }) {
  const query = await searchParams;
  const callbackUrl = returnPath(single(query.callbackUrl), frontendSettings().origin);
  const error = single(query.error);
  const notice = noticeMessage(single(query.notice));
  if (!error && (await currentSession())) redirect(callbackUrl);
  const again = error === SIGN_IN_TOO_OLD ? await waysToSignInAgain() : undefined;
  return (
    <>
      <h1>Sign in</h1>
      {error && <RefusalAlert code={error} {...await refusedWay(single(query.provider))} />}
      {notice && (
        <Alert tone={notice.warning ? 'warning' : 'success'}>
          <p>{notice.text}</p>
        </Alert>
      )}
      <section className="card" aria-label="Ways to sign in">
        <ProviderButtons callbackUrl={callbackUrl} only={again} purpose={again && 'again'} />
      </section>
    </>
  );
}

/** The provider of the session that there is; undefined where anybody would be let in by any. */
async function waysToSignInAgain(): Promise<ConfiguredProvider[] | undefined> {
  const session = await currentSession();
  const ways = frontendSettings().providers.filter(({ id }) => session && id === providerOfSession(session));
  return ways.length > 0 ? ways : undefined;
}

async function refusedWay(otherProvider: string | undefined): Promise<RefusedWay> {
  const kept = readKeptTicket(await openSealed('link-ticket'));
  const title = (wanted: string | undefined): string | undefined =>
    frontendSettings().providers.find(({ id }) => id === wanted)?.title;
  return { otherProviderTitle: title(otherProvider), linkableProviderTitle: title(kept?.provider) };
}
