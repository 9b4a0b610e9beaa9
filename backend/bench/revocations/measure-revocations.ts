import { afterlifeOf, type Ending } from './afterlife';
import { guarded } from './caller';
import { Fleet, type Ground } from './fleet';
import { atRate } from './pace';
import type { Bus, RevocationsOptions } from './revocations-options';

/** How many processes there are. */
export const REPLICAS = 4;

/** Whose requests are the load: they are not revoked. */
const PEOPLE_OF_THE_LOAD = 64;

/** How many revocations come before those that count. */
export const WARM_UP = 100;

/** Once more at the end, so many in a second at each replica. */
const SWEEP_RATE = 500;

/** What was measured of one bus. */
export interface RevocationsResult {
  bus: Bus;
  /** Of each revocation that was answered, those of all replicas. */
  endings: Ending[][];
  /** How many revocations were not answered in time. */
  unanswered: number;
  /** Latencies of the requests of the load, in milliseconds from the moment at which each was due. */
  load: number[];
  /** How many requests of the load were answered 503. */
  turnedAway: number;
  /** How many requests with a revoked token were accepted after all was over. */
  risen: number;
}

/** How many people have to sign in for a measurement. */
export const peopleOf = ({ revocations }: RevocationsOptions): number => PEOPLE_OF_THE_LOAD + WARM_UP + revocations;

/** Measures how soon all replicas obey, while each of them answers other requests besides. */
export async function measureRevocations(
  bus: Bus,
  ground: Ground,
  idTokens: readonly string[],
  options: RevocationsOptions,
): Promise<RevocationsResult> {
  const fleet = await Fleet.start(REPLICAS, bus, ground);
  try {
    const tokens = await fleet.signIn(idTokens);
    console.log(`${bus}: ${tokens.length} people are signed in`);
    const ofLoad = tokens.splice(0, PEOPLE_OF_THE_LOAD).map(guarded);
    const steady = startLoad(fleet, ofLoad, options.load);
    const all = await revokeAll(fleet, tokens, options.rate).finally(steady.stop);
    const load = (await steady.latencies).filter((latency) => latency !== undefined);
    const counted = all.slice(WARM_UP);
    const endings = counted.filter((one) => one !== undefined);
    return {
      bus,
      endings,
      unanswered: counted.length - endings.length,
      load,
      turnedAway: (await steady.latencies).length - load.length,
      risen: await countRisen(
        fleet,
        tokens.filter((_, index) => all[index] !== undefined),
      ),
    };
  } finally {
    await fleet.stop();
  }
}

const revokeAll = (fleet: Fleet, tokens: readonly string[], rate: number): Promise<(Ending[] | undefined)[]> =>
  atRate(
    rate,
    (index) => index < tokens.length,
    (index) => afterlifeOf(tokens[index] ?? '', index, fleet),
  );

function startLoad(fleet: Fleet, requests: readonly string[], rate: number) {
  let goesOn = true;
  const latencies = atRate(
    rate * REPLICAS,
    () => goesOn,
    async (index, due) => {
      // Each replica is sent the requests of everybody.
      const request = requests[Math.floor(index / REPLICAS) % requests.length] ?? '';
      const { status, text } = await fleet.at(index).ask(request);
      if (status === 503) return undefined;
      if (status !== 200) throw new Error(`A request of the load was answered with:\n${text}`);
      return performance.now() - due;
    },
  );
  // Whoever waits for it hears of a failure: not before the revocations are over.
  latencies.catch(() => undefined);
  return { latencies, stop: () => void (goesOn = false) };
}

/** A look-up that was on its way when its token was revoked must not have put it back into memory. */
async function countRisen(fleet: Fleet, tokens: readonly string[]): Promise<number> {
  const accepted = await atRate(
    SWEEP_RATE,
    (index) => index < tokens.length,
    async (index) => {
      const request = guarded(tokens[index] ?? '');
      const answers = await Promise.all(fleet.callers.map((caller) => caller.ask(request)));
      return answers.filter(({ status }) => status === 200).length;
    },
  );
  return accepted.reduce((sum, count) => sum + count, 0);
}
