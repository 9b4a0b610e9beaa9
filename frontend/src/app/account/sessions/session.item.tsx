import type { LiveSession } from '../../../api/session.answer';
import { AccountForm } from '../../../components/account.form';
import { Moment } from '../../../components/moment';
import { sessionDeviceText } from '../../../messages/device.text';
import { frontendSettings } from '../../../settings/environment';

/** One session: what, where and when, with a button that ends it unless it is this one. */
export function SessionItem({ session }: { session: LiveSession }) {
  const label = labelOf(session);
  return (
    <li className="entry">
      <div className="entry-head">
        <h2 className="entry-title">
          {label} {session.isCurrent && <span className="badge badge-good">this browser</span>}
        </h2>
        {!session.isCurrent && (
          <AccountForm name="end-session" fields={{ id: session.id }}>
            <button type="submit" className="button button-small">
              End<span className="visually-hidden"> the session “{label}”</span>
            </button>
          </AccountForm>
        )}
      </div>
      <dl className="entry-facts">
        <dt>{session.isPersonal ? 'Made for' : 'Signed in with'}</dt>
        <dd>{session.isPersonal ? 'a program' : providerTitle(session.provider)}</dd>
        <dt>From</dt>
        <dd>{session.address ?? 'an unknown address'}</dd>
        <dt>Began</dt>
        <dd>
          <Moment instant={session.createdAt} />
        </dd>
        <dt>Last used</dt>
        <dd>{session.isCurrent ? 'now' : <Moment instant={session.lastUsedAt} otherwise="not recorded yet" />}</dd>
        <dt>Ends</dt>
        <dd>
          <Moment instant={session.expiresAt} />
        </dd>
      </dl>
    </li>
  );
}

function labelOf({ isPersonal, name, platform, userAgent }: LiveSession): string {
  return isPersonal && name ? name : sessionDeviceText(platform, userAgent);
}

function providerTitle(id: string | undefined): string {
  return frontendSettings().providers.find((provider) => provider.id === id)?.title ?? id ?? 'an unknown service';
}
