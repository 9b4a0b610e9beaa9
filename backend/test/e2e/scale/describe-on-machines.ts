import { findMachinePrograms, type MachinePrograms } from './machine-programs';
import { Machines } from './machines';

const START_MS = 300_000;

/**
 * A suite on many machines, all of them this one. It is skipped, visibly, where a program is missing, and fails in CI; its
 * name tells what the pooler could do.
 */
export function describeOnMachines(name: string, suite: (machines: Machines) => void): void {
  const programs = findMachinePrograms();
  const machines = new Machines();
  if (Array.isArray(programs)) {
    const lack = `not installed: ${programs.join(', ')}`;
    if (process.env.CI !== 'true') return describe.skip(`${name} [${lack}]`, () => suite(machines));
    return describe(name, () => {
      it('has its programs', () => {
        throw new Error(`${lack}.`);
      });
    });
  }
  return describe(`${name} [${nameOf(programs)}]`, () => {
    beforeAll(() => machines.start(programs), START_MS);
    afterAll(() => machines.stop(), START_MS);
    suite(machines);
  });
}

function nameOf({ pooler: { version, knowsStatements } }: MachinePrograms): string {
  if (knowsStatements) return `PgBouncer ${version}, named statements`;
  return `PgBouncer ${version}, DATABASE_PREPARED=false; named statements were not tried: they need 1.21`;
}
