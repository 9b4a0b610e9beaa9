import type { Metadata } from 'next';
import { readSessions } from '../../../api/session.answer';
import { AccountForm } from '../../../components/account.form';
import { Outcome, type PageQuery } from '../../../components/outcome';
import { RefusalAlert } from '../../../components/refusal.alert';
import { ACCOUNT_PAGES } from '../../../session/account.pages';
import { askAs } from '../../../session/backend.access';
import { requireSession } from '../../../session/current.session';
import { SessionItem } from './session.item';

export const metadata: Metadata = { title: 'Sessions' };

/** Where the person is signed in, and how to end it. */
export default async function SessionsPage({ searchParams }: { searchParams: PageQuery }) {
  const session = await requireSession(ACCOUNT_PAGES.sessions);
  const sessions = await askAs(session, '/auth/sessions', {}, readSessions);
  const hasOthers = sessions.ok && sessions.value.some(({ isCurrent }) => !isCurrent);
  return (
    <>
      <h1>Your sessions</h1>
      <Outcome query={searchParams} />
      <p className="lead">Everything that may act in your name. End what you do not know: it stops at once.</p>
      {sessions.ok ? (
        <ul className="entries">
          {sessions.value.map((one) => (
            <SessionItem key={one.id} session={one} />
          ))}
        </ul>
      ) : (
        <RefusalAlert code={sessions.refusal.code} />
      )}
      {hasOthers && (
        <AccountForm name="end-other-sessions" className="button-row">
          <button type="submit" className="button button-quiet">
            End all other sessions
          </button>
        </AccountForm>
      )}
    </>
  );
}
