import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { ok, warn, type Finding } from '../finding';

const SUBJECT = 'frontend secret';
const MEND = 'Set the same FRONTEND_SHARED_SECRET on both sides (openssl rand -hex 32), unless there is no frontend.';

/** Whether the frontend can speak for its visitors. */
export class FrontendSecretCheck implements DoctorCheck {
  inspections({ settings }: Patient): Inspection[] {
    return [{ subject: SUBJECT, mend: MEND, look: () => [secretFinding(settings.http.frontendSharedSecret)] }];
  }
}

/** What it means that there is a secret, or none. */
export function secretFinding(secret: string | undefined): Finding {
  if (secret !== undefined) return ok(SUBJECT, 'FRONTEND_SHARED_SECRET is set');
  return warn(SUBJECT, 'FRONTEND_SHARED_SECRET is not set: all visitors of the frontend count as one', MEND);
}
