import { eventually } from '../../support/eventually';
import { describeOnMachines } from './describe-on-machines';
import { type LoadOutcome, type Persistence, SteadyLoad } from './steady-load';

const PATIENCE_MS = 300_000;
const SEEN = 30;

/** What a request may end with where nothing is lost. */
const GOOD = [200, 201];
/** What it may end with besides, while something is broken: nobody has answered. */
const NO_ANSWER = [502, 504, '503 database_unavailable', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE'];

/** Ways in which requests ended, each once, with the problem that was answered. */
const endsOf = (outcomes: LoadOutcome[]): (number | string)[] => [
  ...new Set(outcomes.map(({ status, code }) => (code === undefined ? status : `${status} ${code}`))),
];

describeOnMachines('many machines in trouble', (machines) => {
  let token: string;
  let load: SteadyLoad;
  beforeEach(async () => {
    await machines.mend();
    await eventually(async () => (token = await machines.signIn('ada')), 60_000);
  }, PATIENCE_MS);
  afterEach(() => load?.stop());

  const startLoad = async (persistence: Persistence): Promise<void> => {
    load = SteadyLoad.start(machines.url, token, persistence);
    await load.more(SEEN);
  };

  /** Every note that was acknowledged is kept, and none was made twice. */
  const expectNotesOf = async (outcomes: LoadOutcome[]): Promise<void> => {
    const notes = await machines.postgres.ask<{ text: string }>('SELECT text FROM note');
    const kept = notes.map(({ text }) => text);
    expect(new Set(kept).size).toBe(kept.length);
    const acknowledged = outcomes.filter(({ kind, status }) => kind === 'note' && status === 201);
    expect(kept).toEqual(expect.arrayContaining(acknowledged.map(({ text }) => text)));
  };

  const expectBothToServe = async (): Promise<void> => {
    for (const index of [0, 1]) {
      await eventually(
        async () => expect((await machines.at(index, '/accounts/me', { token })).status).toBe(200),
        60_000,
      );
    }
  };

  it(
    'U9 lose no request when a backend is taken out of the load balancer, replaced and taken back',
    async () => {
      await startLoad('persistent');
      await machines.takeOut(0);
      expect(await machines.backend(0).stop()).toBe(0);
      await machines.restart(0);
      await machines.takeBack();
      await load.more(SEEN);
      const outcomes = await load.stop();
      expect(endsOf(outcomes).sort()).toEqual(GOOD);
      await expectNotesOf(outcomes);
    },
    PATIENCE_MS,
  );

  it(
    'U9 lose no request that may be repeated when a backend is merely told to stop, with readiness red before',
    async () => {
      await startLoad('persistent');
      const stopped = machines.backend(0).stop();
      await eventually(async () => {
        expect((await machines.at(0, '/health/ready')).body).toMatchObject({ status: 'stopping' });
      });
      expect(await stopped).toBe(0);
      await load.more(SEEN);
      await machines.restart(0);
      await load.more(SEEN);
      const outcomes = await load.stop();
      expect(endsOf(outcomes.filter(({ kind }) => kind === 'look'))).toEqual([200]);
      expect([...GOOD, 502]).toEqual(expect.arrayContaining(endsOf(outcomes)));
      await expectNotesOf(outcomes);
    },
    PATIENCE_MS,
  );

  it(
    'D3 give no wrong answer when a backend is killed, and go on with the others',
    async () => {
      await startLoad('fleeting');
      expect(await machines.backend(1).stop('SIGKILL')).toBe('SIGKILL');
      await load.more(SEEN);
      await machines.restart(1);
      await load.more(SEEN);
      const outcomes = await load.stop();
      expect([...GOOD, ...NO_ANSWER]).toEqual(expect.arrayContaining(endsOf(outcomes)));
      await expectNotesOf(outcomes);
    },
    PATIENCE_MS,
  );

  it(
    'U6 sign nobody out when the primary is stopped, and heal by themselves when it is back',
    async () => {
      await startLoad('fleeting');
      await machines.postgres.primary.stop();
      await load.more(5, [503]);
      for (const index of [0, 1]) {
        await eventually(async () => expect((await machines.at(index, '/health/ready')).status).toBe(503));
      }
      await machines.postgres.primary.start();
      await expectBothToServe();
      await load.more(SEEN);
      const outcomes = await load.stop();
      expect([...GOOD, ...NO_ANSWER]).toEqual(expect.arrayContaining(endsOf(outcomes)));
      await expectNotesOf(outcomes);
      await expectTheBusToBeBack();
    },
    PATIENCE_MS,
  );

  it(
    'T6 go on obeying revocations while Redis is away',
    async () => {
      await startLoad('fleeting');
      await machines.redis.program.stop();
      await expectBothToServe();
      expect((await machines.at(1, '/auth/logout', { method: 'POST', token })).status).toBe(204);
      await eventually(async () => expect((await machines.at(0, '/accounts/me', { token })).status).toBe(401));
      await load.more(SEEN, [401]);
      await machines.redis.program.start();
    },
    PATIENCE_MS,
  );

  async function expectTheBusToBeBack(): Promise<void> {
    for (const index of [0, 1]) {
      await eventually(async () => {
        const { body } = await machines.at(index, '/health/ready');
        expect(body).toMatchObject({ status: 'ready', revocations: { feed: 'read', bus: 'up' } });
      }, 60_000);
    }
    expect((await machines.at(0, '/auth/logout', { method: 'POST', token })).status).toBe(204);
    await eventually(async () => expect((await machines.at(1, '/accounts/me', { token })).status).toBe(401));
  }
});
