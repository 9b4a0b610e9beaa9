import type { Clock } from '../../social-auth';
import type { Settings } from '../settings/settings';
import type { Finding } from './finding';

/** What the checks look at. */
export interface Patient {
  /** As far as they could be read: a part with a fault holds what was left of it. */
  settings: Settings;
  /** What is wrong with the settings. */
  faults: readonly string[];
  clock: Clock;
}

/** One thing to look at, apart from all others: each has the whole time, and none hides another. */
export interface Inspection {
  subject: string;
  /** What to do where looking fails or takes too long. */
  mend: string;
  look(): Promise<readonly Finding[]> | readonly Finding[];
}

/** One kind of check; it decides by the settings what there is to look at. */
export interface DoctorCheck {
  inspections(patient: Patient): readonly Inspection[];
}
