import 'server-only';
import { readAccount } from '../api/account.answer';
import { ignoreBody } from '../api/backend.client';
import type { BackendResult, Refusal } from '../api/backend.result';
import type { AccountNotice } from '../messages/notice.messages';
import { ACCOUNT_PAGES } from './account.pages';
import type { ApiSession } from './api.session';
import { askInNameOf } from './backend.access';
import { clearSession } from './current.session';
import { isDeletionConfirmed } from './delete.confirmation';
import { entryPath } from './entry.path';
import { readKeptTicket } from './link.ticket';
import { forgetSealed, openSealed } from './sealed.cookie';

/** What a form came to. */
export type FormOutcome = { notice: AccountNotice; page: string } | { refusal: Pick<Refusal, 'code' | 'status'> };

type FormFields = Readonly<Record<string, string>>;

/** A form of the account pages. */
export interface AccountForm {
  /** The page on which it stands. */
  page: string;
  act(session: ApiSession, fields: FormFields): Promise<FormOutcome>;
}

/** The forms of the account pages by the last part of the address that they post to. */
export const accountForms: ReadonlyMap<string, AccountForm> = new Map<string, AccountForm>([
  ['end-session', { page: ACCOUNT_PAGES.sessions, act: endOneSession }],
  ['end-other-sessions', { page: ACCOUNT_PAGES.sessions, act: endOtherSessions }],
  ['unlink', { page: ACCOUNT_PAGES.identities, act: unlink }],
  ['link', { page: ACCOUNT_PAGES.link, act: linkByTicket }],
  ['decline-link', { page: ACCOUNT_PAGES.link, act: declineLink }],
  ['delete', { page: ACCOUNT_PAGES.delete, act: deleteAccount }],
]);

async function endOneSession(session: ApiSession, fields: FormFields): Promise<FormOutcome> {
  const path = entryPath('/auth/sessions', fields.id);
  return outcomeOf(await remove(session, path), 'session_ended', ACCOUNT_PAGES.sessions);
}

async function endOtherSessions(session: ApiSession): Promise<FormOutcome> {
  const result = await remove(session, '/auth/sessions/others');
  return outcomeOf(result, 'other_sessions_ended', ACCOUNT_PAGES.sessions);
}

async function unlink(session: ApiSession, fields: FormFields): Promise<FormOutcome> {
  const result = await remove(session, entryPath('/accounts/me/identities', fields.id));
  if (!result.ok || !(await isOver(session))) return outcomeOf(result, 'identity_unlinked', ACCOUNT_PAGES.identities);
  await clearSession();
  return { notice: 'unlinked_signed_out', page: '/sign-in' };
}

async function linkByTicket(session: ApiSession): Promise<FormOutcome> {
  const kept = readKeptTicket(await openSealed('link-ticket'));
  if (!kept) return { refusal: { code: 'link_ticket_invalid', status: 400 } };
  const body = { ticket: kept.ticket };
  const result = await askInNameOf(session, '/auth/link', { method: 'POST', body }, ignoreBody);
  // It is worth keeping only where the same form may yet succeed: after another sign-in, or once the server answers.
  if (result.ok || [400, 403, 404, 409].includes(result.refusal.status)) await forgetSealed('link-ticket');
  return outcomeOf(result, 'identity_linked', ACCOUNT_PAGES.identities);
}

async function declineLink(): Promise<FormOutcome> {
  await forgetSealed('link-ticket');
  return { notice: 'link_declined', page: ACCOUNT_PAGES.identities };
}

async function deleteAccount(session: ApiSession, fields: FormFields): Promise<FormOutcome> {
  if (!isDeletionConfirmed(fields.confirmation)) return { refusal: { code: 'confirmation_missing', status: 0 } };
  const result = await remove(session, '/accounts/me');
  // As at a sign-out, an intent to link stays.
  if (result.ok) await Promise.all([clearSession(), forgetSealed('link-ticket')]);
  return outcomeOf(result, 'account_deleted', '/sign-in');
}

async function remove(session: ApiSession, path: string | undefined): Promise<BackendResult<true>> {
  if (path === undefined) return { ok: false, refusal: { code: 'not_found', status: 404 } };
  return askInNameOf(session, path, { method: 'DELETE' }, ignoreBody);
}

function outcomeOf(result: BackendResult<true>, notice: AccountNotice, page: string): FormOutcome {
  return result.ok ? { notice, page } : { refusal: result.refusal };
}

/** Whether the backend has ended the session itself with what it did. */
async function isOver(session: ApiSession): Promise<boolean> {
  const result = await askInNameOf(session, '/accounts/me', {}, readAccount);
  return !result.ok && result.refusal.status === 401;
}
