import { randomBytes, randomUUID } from 'node:crypto';
import type { RevocationBus } from '../../../social-auth';
import { revocationBus } from '../../revocation-bus';
import type { RevocationBusName, Settings } from '../../settings/settings';
import { isUsableAddress, placeOf } from '../database-session';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { INSPECTION_DEADLINE_MS } from '../examination';
import { ok, warn, type Finding } from '../finding';

const SUBJECT = 'revocation bus';
/** Less than an inspection may take, past which it counts as failed: no sign-in stops for want of a bus. */
const PATIENCE_MS = INSPECTION_DEADLINE_MS - 500;
const MEANWHILE = 'until then revocations reach the other processes within REVOCATION_BOUND_MS and not at once.';

interface Way {
  what: string;
  place: string;
  mend: string;
}

/** Whether what one process says of a revocation gets through to the others, over the bus that the server would use. */
export class RevocationBusCheck implements DoctorCheck {
  inspections({ settings }: Patient): Inspection[] {
    const way = wayOf(settings);
    // Where it has no address, the settings are told to have a fault.
    if (settings.revocationBus !== 'off' && !way) return [];
    const look = async (): Promise<Finding[]> => [way ? await ask(settings, way) : OFF];
    return [{ subject: SUBJECT, mend: way?.mend ?? '', look }];
  }
}

const OFF = ok(SUBJECT, 'off: other processes read of revocations in the database');

function wayOf({ revocationBus, database, limits }: Settings): Way | undefined {
  const ways: Record<RevocationBusName, () => Way | undefined> = {
    postgres: () => wayOverPostgres(database.directUrl),
    redis: () => wayOverRedis(limits.redisUrl),
    off: () => undefined,
  };
  return ways[revocationBus]();
}

function wayOverPostgres(url: string): Way | undefined {
  if (!isUsableAddress(url)) return undefined;
  const mend =
    'Lead DATABASE_DIRECT_URL to the primary, past any pooler in transaction mode, ' +
    `and leave its role room for a second connection; ${MEANWHILE}`;
  return { what: 'LISTEN and NOTIFY', place: placeOf(url), mend };
}

function wayOverRedis(url: string | undefined): Way | undefined {
  if (url === undefined) return undefined;
  const mend = `Lead REDIS_URL to one Redis that allows publish and subscribe; ${MEANWHILE}`;
  return { what: 'publish and subscribe', place: URL.parse(url)?.host ?? '', mend };
}

async function ask(settings: Settings, { what, place, mend }: Way): Promise<Finding> {
  const bus = revocationBus(settings);
  if (!bus) return OFF;
  try {
    await hearOneself(bus);
    return ok(SUBJECT, `${what} get through at ${place}`);
  } catch (error) {
    return warn(SUBJECT, `${what} do not get through at ${place}: ${wordsOf((error as Error).message)}`, mend);
  } finally {
    await bus.stop();
  }
}

/** Resolves once something came back that was said, and rejects with the first that is wrong. */
function hearOneself(bus: RevocationBus): Promise<void> {
  // Whoever hears it beside us takes it for a token that ended, and has none of that id; the form is that of `hint.ts`.
  const word = `r1 ${randomBytes(8).toString('hex')} token:${randomUUID()}`;
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(reason));
    let lack = 'no answer';
    setTimeout(() => fail(lack), PATIENCE_MS).unref();
    bus.start({
      onMessage: (message) => message === word && resolve(),
      onUp: () => {
        lack = 'what is said does not come back';
        bus.publish(word).catch((error: Error) => fail(error.message));
      },
      onDown: fail,
    });
  });
}

/** The database is told by the codes of its errors alone. */
const wordsOf = (reason: string): string => (reason === '25006' ? 'it is a standby, which knows no LISTEN' : reason);
