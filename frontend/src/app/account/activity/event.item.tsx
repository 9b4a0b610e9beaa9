import type { AccountEvent } from '../../../api/event.answer';
import { Moment } from '../../../components/moment';
import { deviceText } from '../../../messages/device.text';
import { eventText } from '../../../messages/event.messages';
import { frontendSettings } from '../../../settings/environment';

/** One thing that happened: what, when, and from where if that is known. */
export function EventItem({ event }: { event: AccountEvent }) {
  const provider = frontendSettings().providers.find(({ id }) => id === event.provider)?.title ?? event.provider;
  const device = event.userAgent === undefined ? undefined : deviceText(event.userAgent);
  const origin = [device, event.address].filter((part) => part !== undefined).join(', ');
  return (
    <li className="entry">
      <p className="entry-title">
        {eventText(event.type)}
        {provider && ` (${provider})`}
      </p>
      <p className="entry-line">
        <Moment instant={event.at} />
        {origin && ` · ${origin}`}
        {event.byAdministrator && ' · by an administrator'}
      </p>
    </li>
  );
}
