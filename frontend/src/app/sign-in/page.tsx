import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Alert } from '../../components/alert';
import { ProviderButtons } from '../../components/provider.buttons';
import { RefusalAlert } from '../../components/refusal.alert';
import { noticeMessage } from '../../messages/notice.messages';
import { currentSession } from '../../session/current.session';
import { returnPath } from '../../session/return.url';
import { frontendSettings } from '../../settings/environment';

export const metadata: Metadata = { title: 'Sign in' };

type Query = Promise<Record<string, string | string[] | undefined>>;

/** The way in, with a word about what happened before where there is one. */
export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const { origin, providers } = frontendSettings();
  const callbackUrl = returnPath(single(query.callbackUrl), origin);
  const error = single(query.error);
  const notice = noticeMessage(single(query.notice));
  if (!error && (await currentSession())) redirect(callbackUrl);
  const otherProvider = providers.find(({ id }) => id === single(query.provider));
  return (
    <>
      <h1>Sign in</h1>
      {error && <RefusalAlert code={error} otherProviderTitle={otherProvider?.title} />}
      {notice && (
        <Alert tone={notice.warning ? 'warning' : 'success'}>
          <p>{notice.text}</p>
        </Alert>
      )}
      <section className="card" aria-label="Ways to sign in">
        <ProviderButtons callbackUrl={callbackUrl} />
      </section>
    </>
  );
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
