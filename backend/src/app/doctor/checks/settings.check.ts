import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { fail, ok, type Finding } from '../finding';

const MEND = 'Set it in the environment or in .env; docs/settings.md says what it means.';

/** Every fault of the settings at once, as the start would tell them. */
export class SettingsCheck implements DoctorCheck {
  inspections(patient: Patient): Inspection[] {
    return [{ subject: 'settings', mend: MEND, look: () => findingsOf(patient) }];
  }
}

function findingsOf({ settings, faults }: Patient): Finding[] {
  if (faults.length > 0) return faults.map((fault) => fail('settings', fault, MEND));
  const providers = settings.providers.definitions.map(({ name }) => name).join(', ');
  const mode = settings.production ? 'production' : 'not production';
  return [ok('settings', `${mode}; providers: ${providers}`)];
}
