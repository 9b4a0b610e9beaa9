import { SystemClock } from '../../social-auth';
import type { DoctorCheck, Inspection, Patient } from './doctor-check';
import { examine } from './examination';
import { ok } from './finding';

const patient = { settings: {}, faults: [], clock: new SystemClock() } as unknown as Patient;

const checkOf = (...inspections: Inspection[]): DoctorCheck => ({ inspections: () => inspections });

it('tells each failure with its mend, and hides nothing that stands beside or behind it', async () => {
  const findings = await examine(
    patient,
    [
      checkOf(
        { subject: 'hangs', mend: 'Wake it.', look: () => new Promise(() => undefined) },
        { subject: 'rejects', mend: 'Ask it.', look: () => Promise.reject(new Error('no')) },
      ),
      checkOf({
        subject: 'throws',
        mend: 'Catch it.',
        look: () => {
          throw new Error('ouch');
        },
      }),
      checkOf(),
      checkOf({ subject: 'late', mend: '', look: () => Promise.resolve([ok('late', 'a'), ok('late', 'b')]) }),
    ],
    50,
  );
  expect(findings).toEqual([
    { status: 'fail', subject: 'hangs', message: 'no answer within 0.05 seconds', mend: 'Wake it.' },
    { status: 'fail', subject: 'rejects', message: 'no', mend: 'Ask it.' },
    { status: 'fail', subject: 'throws', message: 'ouch', mend: 'Catch it.' },
    { status: 'ok', subject: 'late', message: 'a' },
    { status: 'ok', subject: 'late', message: 'b' },
  ]);
});
