import { SystemClock } from '../../social-auth';
import type { Environment } from '../settings/environment';
import { readSettings } from '../settings/load-settings';
import { doctorChecks } from './doctor-checks';
import { examine } from './examination';
import { asJson, asText, diagnosisOf, exitCodeOf } from './report';

/** How the doctor answers. */
export interface DoctorOptions {
  /** JSON in place of lines. Default: false. */
  json?: boolean;
  /** What was found wrong before, each in the words of a fault. */
  faults?: readonly string[];
}

/** Examines a set-up as the server would find it in this environment, and yields what to print and to end with. */
export async function runDoctor(
  environment: Environment,
  { json = false, faults: faultsBefore = [] }: DoctorOptions = {},
): Promise<{ text: string; exitCode: number }> {
  const { settings, faults } = readSettings(environment);
  const patient = { settings, faults: [...faultsBefore, ...faults], clock: new SystemClock() };
  const diagnosis = diagnosisOf(await examine(patient, doctorChecks));
  return { text: json ? asJson(diagnosis) : asText(diagnosis), exitCode: exitCodeOf(diagnosis) };
}
