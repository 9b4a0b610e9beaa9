import 'server-only';
import { cookies } from 'next/headers';
import type { ConfiguredProvider } from '../providers/sign-in.provider';
import type { FrontendSettings } from '../settings/frontend.settings';
import { isAwaited } from './awaited.state';
import { cookieNames } from './cookie.names';
import { formQuery } from './form.query';
import { nameToKeep, postedName } from './person.name';
import { seeOther } from './redirect.answer';
import { refusalPath } from './refusal.path';
import { keepSealed } from './sealed.cookie';

/** As long as a browser may take to follow a redirect. */
const NAME_SECONDS = 120;

/**
 * Takes the form that a provider's page has posted, and sends the browser on to the callback by GET. The form came from
 * another site, and so without the session and without whatever says what the answer is for; the GET has them. A form
 * that this browser does not wait for changes nothing: any page can post one.
 */
export async function forwardFormAnswer(
  settings: FrontendSettings,
  { id: provider, cancelledError }: ConfiguredProvider,
  form: Partial<Record<string, string>>,
): Promise<Response> {
  const { state, user } = form;
  const cookie = (await cookies()).get(cookieNames(settings.origin).state)?.value;
  if (state === undefined || !(await isAwaited({ provider, state, cookie }, settings))) {
    return seeOther(refusalPath({ code: 'OAuthCallback' }));
  }
  const name = postedName(user);
  if (name) await keepSealed('person-name', nameToKeep(name, { provider, state }), NAME_SECONDS);
  return seeOther(`/api/auth/callback/${provider}?${formQuery(form, { cancelledError }).toString()}`);
}
