import type { DoctorCheck, Inspection, Patient } from './doctor-check';
import { reasonOf } from './failure-reason';
import { fail, type Finding } from './finding';

/** The longest that one inspection may take, in milliseconds. */
export const INSPECTION_DEADLINE_MS = 3_000;

/** Looks at everything at once and yields what was found in the order of the checks, whatever fails or hangs. */
export async function examine(
  patient: Patient,
  checks: readonly DoctorCheck[],
  deadlineMs = INSPECTION_DEADLINE_MS,
): Promise<Finding[]> {
  const inspections = checks.flatMap((check) => check.inspections(patient));
  const findings = await Promise.all(inspections.map((inspection) => inspect(inspection, deadlineMs)));
  return findings.flat();
}

async function inspect(inspection: Inspection, deadlineMs: number): Promise<readonly Finding[]> {
  const { subject, mend } = inspection;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs / 1000} seconds`)), deadlineMs);
  });
  try {
    return await Promise.race([Promise.resolve().then(() => inspection.look()), late]);
  } catch (error) {
    return [fail(subject, reasonOf(error), mend)];
  } finally {
    clearTimeout(timer);
  }
}
