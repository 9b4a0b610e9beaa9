import { generateKeyPairSync } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { DemoIdentityProvider, type DemoIssuer } from '../../../dev/demo-identity-provider';
import { MovedClock } from '../../../test/support/moved-clock';
import { eventually } from '../../../test/support/eventually';
import { codeOf } from '../../../test/support/refusal-of';
import { KeyStore } from './key-store';
import { KeyStores } from './key-stores';

const MINUTE = 60;
const HOUR = 3_600;

describe('the keys of a provider', () => {
  let idp: DemoIdentityProvider;
  let issuer: DemoIssuer;
  let clock: MovedClock;
  let store: KeyStore;
  let firstKid: string;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    idp = await DemoIdentityProvider.start();
    issuer = idp.google;
  });
  afterAll(() => idp.stop());
  beforeEach(async () => {
    await issuer.rotate();
    for (const { kid } of issuer.publishedKeys) if (kid !== issuer.signingKey.kid) issuer.retire(kid);
    issuer.resetFaults();
    firstKid = issuer.signingKey.kid;
    clock = new MovedClock();
    store = new KeyStore(issuer.jwksUri, clock);
  });

  const fetches = (): number => issuer.hits('jwks');
  const offer = (kid: string | undefined): Promise<string> =>
    store.keyFor(kid).then(
      () => 'accepted',
      (error: Error) => codeOf(() => Promise.reject(error)),
    );
  const bogus = (count: number): string[] => Array.from({ length: count }, (_, index) => `bogus-${index}`);

  it('are fetched once for all who wait, and then serve from memory', async () => {
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => offer(firstKid)));
    expect(new Set(verdicts)).toEqual(new Set(['accepted']));
    clock.pass(8 * MINUTE);
    expect(await offer(firstKid)).toBe('accepted');
    expect(fetches()).toBe(1);
  });

  it('V3 serve a token without kid only while there is exactly one', async () => {
    expect(await offer(undefined)).toBe('accepted');
    await issuer.rotate();
    clock.pass(10 * MINUTE);
    expect(await offer(undefined)).toBe('provider_token_invalid');
    expect(await offer(firstKid)).toBe('accepted');
  });

  it('D2 are fetched at most twice for 200 unknown kids at once, all of which are refused', async () => {
    const verdicts = await Promise.all(bogus(200).map(offer));
    expect(new Set(verdicts)).toEqual(new Set(['provider_token_invalid']));
    expect(fetches()).toBeLessThanOrEqual(2);
    clock.pass(29);
    for (const kid of bogus(200)) expect(await offer(kid)).toBe('provider_token_invalid');
    expect(fetches()).toBeLessThanOrEqual(2);
    clock.pass(1);
    await Promise.all(bogus(200).map(offer));
    expect(fetches()).toBeLessThanOrEqual(3);
  });

  it('D3 include a key that was rotated in right after a storm, once the cool-down of 30 s is over', async () => {
    await Promise.all(bogus(200).map(offer));
    const newKid = await issuer.rotate();
    expect(await offer(newKid)).toBe('provider_token_invalid');
    clock.pass(30);
    expect(await offer(newKid)).toBe('accepted');
    expect(await offer(firstKid)).toBe('accepted');
  });

  it('V18 D3 include a rotated key at once when no unknown kid was seen lately', async () => {
    await offer(firstKid);
    clock.pass(MINUTE);
    expect(await offer(await issuer.rotate())).toBe('accepted');
    expect(fetches()).toBe(2);
  });

  it('D4 let a person in after one fetch at a cold start under bogus kids', async () => {
    const storm = bogus(50).map(offer);
    expect(await offer(firstKid)).toBe('accepted');
    await Promise.all(storm);
    expect(fetches()).toBe(1);
  });

  it('V18 are renewed in the background after nine minutes, so that nobody waits', async () => {
    await offer(firstKid);
    clock.pass(9 * MINUTE);
    expect(await offer(firstKid)).toBe('accepted');
    // The fetch that hangs is still under way: it has failed once it was waited for.
    expect(store.health().status).toBe('up');
    await eventually(() => expect(fetches()).toBe(2));
  });

  it('V18 refuse a retired one ten minutes after its retirement at the latest', async () => {
    await offer(firstKid);
    const newKid = await issuer.rotate();
    issuer.retire(firstKid);
    clock.pass(9 * MINUTE - 1);
    expect(await offer(firstKid)).toBe('accepted');
    clock.pass(MINUTE + 1);
    expect(await offer(firstKid)).toBe('provider_token_invalid');
    expect(await offer(newKid)).toBe('accepted');
  });

  it('V18 refuse a retired one also when a fetch failed long ago and nobody has asked since', async () => {
    await offer(firstKid);
    clock.pass(9 * MINUTE);
    issuer.fault('jwks', '500');
    await offer(firstKid);
    await eventually(() => expect(store.health().status).toBe('down'));
    issuer.fault('jwks', undefined);
    await issuer.rotate();
    issuer.retire(firstKid);
    clock.pass(10 * MINUTE);
    const verdicts = await Promise.all([offer(firstKid), offer(firstKid), offer(firstKid)]);
    expect(new Set(verdicts)).toEqual(new Set(['provider_token_invalid']));
  });

  it('V18 refuse a retired one after a single fetch failed just before the ten minutes were over', async () => {
    expect(await offer(firstKid)).toBe('accepted');
    await issuer.rotate();
    issuer.retire(firstKid);
    clock.pass(10 * MINUTE - 2);
    issuer.fault('jwks', '503');
    expect(await offer(firstKid)).toBe('accepted');
    await eventually(() => expect(fetches()).toBe(2));
    await eventually(() => expect(store.health().status).toBe('down'));
    issuer.fault('jwks', undefined);
    clock.pass(52);
    expect(await offer(firstKid)).toBe('provider_token_invalid');
  });

  it('V18 say for how long what they prove may be kept: until they are renewed before they answer', async () => {
    expect(store.provesForMs()).toBeUndefined();
    await offer(firstKid);
    expect(store.provesForMs()).toBe(10 * MINUTE * 1_000);
    issuer.fault('jwks', '503');
    clock.pass(9 * MINUTE + 30);
    expect(store.provesForMs()).toBe(30_000);
    clock.pass(2 * MINUTE);
    expect(await offer(firstKid)).toBe('accepted');
    expect(store.provesForMs()).toBe(0);
  });

  it('V5 are good although the set holds others that are not', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
    const strangers = [
      { ...ec, kid: firstKid, use: 'sig', alg: 'ES256' },
      { ...weak, kid: 'weak', use: 'sig', alg: 'RS256' },
      { kty: 'AKP', kid: 'unknown type', alg: 'ML-DSA-44', pub: 'x' },
      { kty: 'EC', crv: 'P-999', kid: 'unknown curve', x: 'x', y: 'y' },
      { kty: 'RSA', kid: 'no numbers' },
      { kty: 'RSA', kid: 'unknown algorithm', n: issuer.publishedKeys[0]?.n, e: 'AQAB', alg: 'RS999' },
      { kty: 'oct', kid: 'secret', k: 'c2VjcmV0' },
      null,
      'text',
      [],
      7,
    ];
    issuer.fault('jwks', (_request, response) =>
      response.end(JSON.stringify({ keys: [...strangers, ...issuer.publishedKeys, ...strangers], extra: true })),
    );
    expect((await store.keyFor(firstKid)).key.asymmetricKeyType).toBe('rsa');
    for (const kid of ['weak', 'unknown type', 'unknown curve', 'no numbers', 'unknown algorithm', 'secret']) {
      expect(await offer(kid)).toBe('provider_token_invalid');
    }
    expect(await offer(undefined)).toBe('accepted');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'])('V3 have none named %s', async (kid) =>
    expect(await offer(kid)).toBe('provider_token_invalid'),
  );

  it('U2 serve for 24 hours while the endpoint does not, and then no longer', async () => {
    await offer(firstKid);
    issuer.fault('jwks', '503');
    for (let hour = 0; hour < 23; hour += 1) {
      clock.pass(HOUR);
      expect({ hour, verdict: await offer(firstKid) }).toEqual({ hour, verdict: 'accepted' });
    }
    clock.pass(HOUR - 2);
    expect(await offer(firstKid)).toBe('accepted');
    clock.pass(2);
    expect(await offer(firstKid)).toBe('provider_unavailable');
    issuer.fault('jwks', undefined);
    clock.pass(2);
    expect(await offer(firstKid)).toBe('accepted');
  });

  it('U3 are fetched after a start during an outage, without a restart', async () => {
    issuer.fault('jwks', '500');
    expect(await offer(firstKid)).toBe('provider_unavailable');
    issuer.fault('jwks', undefined);
    expect(await offer(firstKid)).toBe('provider_unavailable');
    clock.pass(2);
    expect(await offer(firstKid)).toBe('accepted');
  });

  it('are asked for once in two seconds while the endpoint fails', async () => {
    issuer.fault('jwks', '500');
    for (let round = 0; round < 100; round += 1) await offer(`bogus-${round}`);
    expect(fetches()).toBe(1);
    clock.pass(2);
    for (let round = 0; round < 100; round += 1) await offer(firstKid);
    expect(fetches()).toBe(2);
  });

  it('U2 are old, but not younger again, when the wall clock is set back', async () => {
    await offer(firstKid);
    clock.shift(-12 * HOUR);
    issuer.retire(firstKid);
    await issuer.rotate();
    clock.pass(10 * MINUTE);
    expect(await offer(firstKid)).toBe('provider_token_invalid');
  });
});

describe('the health of the keys', () => {
  let idp: DemoIdentityProvider;
  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
  });
  afterAll(() => idp.stop());

  it('is unknown, up with an age, down with the age of the kept ones, and up again', async () => {
    const clock = new MovedClock();
    const stores = new KeyStores(clock);
    const store = stores.for('google', idp.google.jwksUri);
    expect(stores.health()).toEqual({ google: { status: 'unknown' } });
    const { kid } = idp.google.signingKey;
    await store.keyFor(kid);
    clock.pass(5);
    expect(stores.health()).toEqual({ google: { status: 'up', keysAgeSeconds: 5 } });
    idp.google.fault('jwks', '500');
    clock.pass(HOUR);
    await codeOf(() => store.keyFor('bogus'));
    expect(stores.health()).toEqual({ google: { status: 'down', keysAgeSeconds: HOUR + 5 } });
    idp.google.resetFaults();
    clock.pass(10);
    await codeOf(() => store.keyFor('bogus'));
    expect(stores.health()).toEqual({ google: { status: 'up', keysAgeSeconds: 0 } });
  });

  it('is down without an age when there are none', async () => {
    idp.auth0.fault('jwks', 'empty');
    const stores = new KeyStores(new MovedClock());
    await codeOf(() => stores.for('auth0', idp.auth0.jwksUri).keyFor('x'));
    expect(stores.health()).toEqual({ auth0: { status: 'down' } });
  });

  it('is that of one store for providers that share an address', () => {
    const stores = new KeyStores(new MovedClock());
    expect(stores.for('one', idp.google.jwksUri)).toBe(stores.for('other', idp.google.jwksUri));
    expect(stores.for('third', idp.auth0.jwksUri)).not.toBe(stores.for('one', idp.google.jwksUri));
    expect(Object.keys(stores.health())).toEqual(['one', 'other', 'third']);
  });
});
