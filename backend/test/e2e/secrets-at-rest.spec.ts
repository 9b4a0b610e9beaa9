import { Client } from 'pg';
import { databaseText, pgDump } from '../support/database-text';
import { describeOnPostgres } from '../support/describe-on-server';
import { conflictOf, LinkingPerson } from '../support/linking-person';
import { NonceVisitor, startNonceServer } from '../support/nonce-visitor';
import type { TemporaryDatabase } from '../support/postgres-server';
import type { TestApp } from '../support/test-app';

describeOnPostgres('a dump of the database', (postgres) => {
  let database: TemporaryDatabase;
  let server: TestApp;
  let stop: (() => Promise<void>) | undefined;
  /** What was issued or accepted, told apart from what the server has collected by itself. */
  const issued: Record<string, string> = {};

  const dumps = async (): Promise<string[]> => {
    const dump = pgDump(database.url);
    return [await databaseText(database.url), ...(dump === undefined ? [] : [dump])];
  };

  beforeAll(async () => {
    database = await postgres().createDatabase();
    ({ server, stop } = await startNonceServer({ database: { url: database.url, stop: () => database.drop() } }));
    await signInEveryWay();
    await linkEveryWay();
    await useTokensEveryWay();
  }, 60_000);
  afterAll(async () => {
    await stop?.();
    await database.drop();
  });

  async function signInEveryWay(): Promise<void> {
    for (const provider of ['google', 'auth0'] as const) {
      const visitor = new NonceVisitor(server, provider);
      issued[`unused nonce of ${provider}`] = await visitor.challenge();
      const nonce = (issued[`used nonce of ${provider}`] = await visitor.challenge());
      const idToken = (issued[`ID token of ${provider}`] = await visitor.idToken('ios', nonce));
      const answer = await visitor.post({ id_token: idToken });
      expect(answer.status).toBe(200);
      issued[`token for an ID token of ${provider}`] = answer.body.token;
    }
    const { google, auth0 } = server.idp;
    const accessTokens = {
      google: await google.issue('ada'),
      auth0: await auth0.issue('ada', { audience: auth0.audience }),
    };
    for (const [provider, { accessToken }] of Object.entries(accessTokens)) {
      issued[`access token of ${provider}`] = accessToken;
      const answer = await server.api(`/auth/${provider}`, { json: { access_token: accessToken } });
      expect(answer.status).toBe(200);
      issued[`token for an access token of ${provider}`] = answer.body.token;
    }
  }

  async function linkEveryWay(): Promise<void> {
    const sam = await LinkingPerson.of(server, 'google', 'sam');
    issued['token of sam'] = sam.token;
    for (const name of ['lost ticket', 'redeemed ticket']) {
      issued[name] = (await conflictOf(server, 'auth0', 'sam')).link_ticket ?? '';
    }
    expect((await sam.redeem(issued['redeemed ticket'])).status).toBe(200);
  }

  async function useTokensEveryWay(): Promise<void> {
    const { token } = await LinkingPerson.of(server, 'google', 'sam');
    const rotated = await server.api('/auth/token/rotate', { method: 'POST', token });
    expect(rotated.status).toBe(200);
    issued['rotated token'] = token;
    issued['successor'] = rotated.body.token;
    const json = { name: 'backup', scopes: ['notes:read'] };
    const personal = await server.api('/auth/tokens', { token, json });
    expect(personal.status).toBe(201);
    issued['personal token'] = personal.body.token;
    const leaked = await LinkingPerson.of(server, 'google', 'sam');
    issued['leaked token'] = leaked.token;
    expect((await server.api('/auth/tokens/leaked', { json: { token: leaked.token } })).status).toBe(204);
  }

  it('is of what was issued and shown in every way', () => {
    expect(Object.entries(issued).filter(([, secret]) => secret.length < 32)).toEqual([]);
    expect(Object.keys(issued)).toHaveLength(19);
    expect(server.secrets.size).toBeGreaterThanOrEqual(new Set(Object.values(issued)).size);
    expect(server.secrets.within(Object.values(issued).join('\n')).length).toBeGreaterThanOrEqual(19);
  });

  it('T3 holds the people and none of the secrets', async () => {
    for (const dump of await dumps()) {
      expect(dump).toContain(server.idp.google.person('sam').email);
      expect(Object.entries(issued).filter(([, secret]) => dump.includes(secret))).toEqual([]);
      expect(server.secrets.within(dump)).toEqual([]);
    }
  });

  it.each<[string, string, (secret: string) => unknown]>([
    ['as it is', 'text', (secret) => secret],
    ['inside another text', 'text', (secret) => `the token ${secret}, it was`],
    ['as bytes', 'bytea', (secret) => Buffer.from(secret)],
    ['as the bytes that it stands for', 'bytea', (secret) => Buffer.from(secret, 'base64url')],
    ['in base64', 'text', (secret) => Buffer.from(secret).toString('base64')],
    ['in JSON', 'jsonb', (secret) => ({ nested: { secret } })],
  ])('would show a secret that was kept %s', async (_, type, kept) => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(`create table leak (secret ${type})`);
      await client.query('insert into leak values ($1)', [kept(issued['lost ticket'] ?? '')]);
      for (const dump of await dumps()) {
        expect(server.secrets.within(dump)).toEqual([`${issued['lost ticket']?.slice(0, 8)}…`]);
      }
    } finally {
      await client.query('drop table leak');
      await client.end();
    }
  });
});
