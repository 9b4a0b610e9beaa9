import type { HttpSettings } from '../../settings/settings';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { ok, warn, type Finding } from '../finding';

const SUBJECT = 'trusted proxies';
const MEND = 'Set TRUSTED_PROXIES to the addresses of your proxies, or TRUST_PROXY_HOPS to how many there are.';
const EVERYBODY = /\/0$/;

/** Whose forwarding headers are believed. */
export class TrustedProxiesCheck implements DoctorCheck {
  inspections({ settings }: Patient): Inspection[] {
    const { http, production } = settings;
    return [{ subject: SUBJECT, mend: MEND, look: () => [proxiesFinding(http.trustProxy, production)] }];
  }
}

/** What the setting means; in production there is nearly always a proxy, for somebody must speak TLS. */
export function proxiesFinding(trustProxy: HttpSettings['trustProxy'], production: boolean): Finding {
  if (trustProxy === false) {
    const message = 'none: behind a proxy everybody would share its address and its limit';
    return production ? warn(SUBJECT, message, `${MEND} Without a proxy this is right.`) : ok(SUBJECT, message);
  }
  if (typeof trustProxy === 'number') return ok(SUBJECT, `the last ${trustProxy} in front of this server`);
  const message = trustProxy.join(', ');
  if (!trustProxy.some((range) => EVERYBODY.test(range))) return ok(SUBJECT, message);
  return warn(SUBJECT, `${message}: everybody may choose the address that limits count`, MEND);
}
