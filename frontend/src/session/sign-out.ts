import 'server-only';
import { revokeTokens, type SignOutReach } from '../api/api.token';
import type { FrontendSettings } from '../settings/frontend.settings';
import type { AskNextAuth } from './auth.handler';
import { forgetSealed } from './sealed.cookie';
import { signOutNotice, type SignOutNotice } from './sign-out.notice';
import { visitorOf } from './visitor';

/** Ends the token at the backend, or all of the account, then the session in this browser; says what remains. */
export async function signOut(
  settings: FrontendSettings,
  form: Record<string, string>,
  askNextAuth: AskNextAuth,
): Promise<Response> {
  const reach: SignOutReach = form.reach === 'everywhere' ? 'everywhere' : 'here';
  const visitor = await visitorOf();
  let notice: SignOutNotice | undefined;
  const response = await askNextAuth({
    onSignOut: async (session) => {
      const result = session && (await revokeTokens(settings, { token: session.token, reach, visitor }));
      notice = signOutNotice(reach, result?.ok ?? true);
      // What somebody was about to link is not for whoever signs in next. An intent stays: without it the answer to that
      // request, which may yet come, would pass for one to a sign-in.
      await forgetSealed('link-ticket');
    },
  });
  if (notice && response.headers.has('Location')) response.headers.set('Location', `/sign-in?notice=${notice}`);
  return response;
}
