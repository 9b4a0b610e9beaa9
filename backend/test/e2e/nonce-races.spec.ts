import { BOTH } from '../hostile/arena';
import { describeOnPostgres } from '../support/describe-on-server';
import { MovedDatabaseClock } from '../support/moved-database-clock';
import { NonceVisitor, sha256, startNonceServer, verdictOf, WRONG_NONCE } from '../support/nonce-visitor';
import { persistently } from '../support/persistently';

describeOnPostgres('nonces in a real database', (database) => {
  it.each(BOTH)(
    'V21 25 sign-ins at once with one nonce at %s: one is let in, no 5xx',
    async (provider) => {
      const { url, drop } = await database().createDatabase();
      const { server, stop } = await startNonceServer({ database: { url: `${url}?pool_max=12`, stop: drop } });
      try {
        const visitor = new NonceVisitor(server, provider);
        const nonce = await visitor.challenge();
        const claims = [nonce, sha256(nonce, 'hex'), sha256(nonce, 'base64url')];
        const tokens = await Promise.all(
          Array.from({ length: 25 }, (_, at) => visitor.idToken('ios', claims[at % claims.length])),
        );
        const answers = await Promise.all(tokens.map((id_token) => persistently(() => visitor.post({ id_token }))));
        const verdicts = answers.map(verdictOf).sort();
        expect(verdicts).toEqual(['200', ...Array.from({ length: 24 }, () => WRONG_NONCE)]);
      } finally {
        await stop();
        await drop();
      }
    },
    60_000,
  );

  it('end after ten minutes by the clock of the database', async () => {
    const { url, drop } = await database().createDatabase();
    const clock = await MovedDatabaseClock.install(url);
    const { server, stop } = await startNonceServer({ database: { url, stop: drop } });
    try {
      const visitor = new NonceVisitor(server, 'google');
      const [first, second] = [await visitor.challenge(), await visitor.challenge()];
      await clock.pass(599);
      expect(await visitor.signIn('ios', first)).toBe('200');
      await clock.pass(1);
      expect(await visitor.signIn('ios', second)).toBe(WRONG_NONCE);
    } finally {
      await stop();
      await clock.stop();
      await drop();
    }
  }, 60_000);
});
