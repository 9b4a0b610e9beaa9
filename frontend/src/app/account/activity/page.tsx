import type { Metadata } from 'next';
import Link from 'next/link';
import { readEvents, type AccountEvents } from '../../../api/event.answer';
import { single, type PageQuery } from '../../../components/outcome';
import { RefusalAlert } from '../../../components/refusal.alert';
import { ACCOUNT_PAGES } from '../../../session/account.pages';
import { askAs } from '../../../session/backend.access';
import { requireSession } from '../../../session/current.session';
import { EventItem } from './event.item';

export const metadata: Metadata = { title: 'Activity' };

const EVENTS_ON_A_PAGE = '20';

/** What happened to the account, newest first. */
export default async function ActivityPage({ searchParams }: { searchParams: PageQuery }) {
  const session = await requireSession(ACCOUNT_PAGES.activity);
  const before = single((await searchParams).before);
  const query = new URLSearchParams({ limit: EVENTS_ON_A_PAGE, ...(before && { before }) });
  const page = await askAs(session, `/accounts/me/events?${query.toString()}`, {}, readEvents);
  return (
    <>
      <h1>Activity</h1>
      <p className="lead">What happened to your account, newest first. Times are in UTC.</p>
      {page.ok ? <EventList page={page.value} /> : <RefusalAlert code={page.refusal.code} />}
      {before && (
        <p>
          <Link href={ACCOUNT_PAGES.activity} prefetch={false}>
            Back to the newest
          </Link>
        </p>
      )}
    </>
  );
}

function EventList({ page: { events, next } }: { page: AccountEvents }) {
  if (events.length === 0) return <p className="empty">Nothing is recorded.</p>;
  return (
    <>
      <ol className="entries">
        {events.map((event) => (
          <EventItem key={event.id} event={event} />
        ))}
      </ol>
      {next && (
        <p>
          <Link href={`${ACCOUNT_PAGES.activity}?${new URLSearchParams({ before: next }).toString()}`} prefetch={false}>
            Older
          </Link>
        </p>
      )}
    </>
  );
}
