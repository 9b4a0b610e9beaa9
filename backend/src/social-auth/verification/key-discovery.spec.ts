import { Logger } from '@nestjs/common';
import { DemoIdentityProvider, FAULT_KINDS, type DemoIssuer } from '../../../dev/demo-identity-provider';
import { MovedClock } from '../../../test/support/moved-clock';
import { patienceFor } from '../../../test/support/patience';
import { codeOf, refusalOf } from '../../../test/support/refusal-of';
import { discoverKeyAddress, discoveryAddressOf } from './key-discovery';
import { KeyStores } from './key-stores';
import type { KeyStore } from './key-store';

let idp: DemoIdentityProvider;
let issuer: DemoIssuer;

beforeAll(async () => {
  Logger.overrideLogger(false);
  idp = await DemoIdentityProvider.start();
  issuer = idp.auth0;
});
afterAll(() => idp.stop());
beforeEach(() => issuer.resetFaults());

/** Lays changes over what the issuer says of itself. */
function describeAs(changes: object): void {
  const usual = { issuer: issuer.issuer, jwks_uri: issuer.jwksUri };
  issuer.fault('discovery', (_request, response) => response.end(JSON.stringify({ ...usual, ...changes })));
}

describe('the address of a discovery document', () => {
  it.each([
    ['https://issuer.example', 'https://issuer.example/.well-known/openid-configuration'],
    ['https://issuer.example/', 'https://issuer.example/.well-known/openid-configuration'],
    ['https://issuer.example/realms/a', 'https://issuer.example/realms/a/.well-known/openid-configuration'],
  ])('of %s is %s', (of, address) => expect(discoveryAddressOf(of)).toBe(address));
});

describe('the key endpoint of an issuer', () => {
  it('is what its own document names', async () => {
    expect(await discoverKeyAddress(issuer.issuer)).toBe(issuer.jwksUri);
  });

  it.each([
    ['of another issuer', () => ({ issuer: 'https://other.example/' })],
    ['of the issuer without its slash', () => ({ issuer: issuer.issuer.slice(0, -1) })],
    ['of no issuer', () => ({ issuer: undefined })],
    ['of a list of issuers', () => ({ issuer: [issuer.issuer] })],
    ['that names no keys', () => ({ jwks_uri: undefined })],
    ['that names keys by plain http elsewhere', () => ({ jwks_uri: 'http://keys.example/jwks' })],
    ['that names keys at another port of this machine', () => ({ jwks_uri: 'http://127.0.0.1:1/jwks' })],
    ['that names a file', () => ({ jwks_uri: 'file:///etc/passwd' })],
    ['that names a list', () => ({ jwks_uri: [issuer.jwksUri] })],
    ['that names half an address', () => ({ jwks_uri: '/jwks' })],
  ])('is not taken from a document %s', async (_name, changes) => {
    describeAs(changes());
    expect(await codeOf(() => discoverKeyAddress(issuer.issuer))).toBe('provider_unavailable');
  });

  it('may be anywhere by https', async () => {
    describeAs({ jwks_uri: 'https://keys.example/jwks' });
    expect(await discoverKeyAddress(issuer.issuer)).toBe('https://keys.example/jwks');
  });

  it('names neither of the two issuers in its refusal, for it goes to the log', async () => {
    describeAs({ issuer: 'https://other.example/\n' });
    const { reason } = await refusalOf(() => discoverKeyAddress(issuer.issuer));
    expect(reason).toBe('the discovery document is that of another issuer');
  });
});

describe('the keys of an issuer that is discovered', () => {
  let clock: MovedClock;
  let stores: KeyStores;
  let store: KeyStore;

  beforeEach(() => {
    clock = new MovedClock();
    stores = new KeyStores(clock);
    store = stores.for('oidc-a', { issuer: issuer.issuer });
  });
  const hits = (): number[] => [issuer.hits('discovery'), issuer.hits('jwks')];
  const keyId = async (): Promise<string | undefined> => (await store.keyFor(issuer.signingKey.kid)).kid;

  it('are asked for when a token needs them, once for all who wait, and the document once for many fetches', async () => {
    expect(hits()).toEqual([0, 0]);
    expect(stores.health()).toEqual({ 'oidc-a': { status: 'unknown' } });
    await Promise.all(Array.from({ length: 20 }, keyId));
    expect(hits()).toEqual([1, 1]);
    clock.pass(601);
    await keyId();
    expect(hits()).toEqual([1, 2]);
  });

  it('are those of one store for instances that share an issuer, and of another one for its address', () => {
    expect(stores.for('oidc-b', { issuer: issuer.issuer })).toBe(store);
    expect(stores.for('oidc-c', issuer.jwksUri)).not.toBe(store);
  });

  it('are found again where the issuer has moved them', async () => {
    await keyId();
    const published = issuer.publishedKeys;
    issuer.fault('jwks', '404');
    issuer.fault('userinfo', (_request, response) => response.end(JSON.stringify({ keys: published })));
    describeAs({ jwks_uri: issuer.userinfoUri });
    clock.pass(601);
    expect(await keyId()).toBe(issuer.signingKey.kid);
    clock.pass(3);
    await codeOf(() => store.keyFor('unknown'));
    expect(stores.health()).toEqual({ 'oidc-a': { status: 'up', keysAgeSeconds: 0 } });
    expect(issuer.hits('userinfo')).toBe(1);
  });

  it('go on while document and keys cannot be had', async () => {
    await keyId();
    issuer.fault('jwks', '500');
    issuer.fault('discovery', '500');
    for (let round = 0; round < 3; round += 1) {
      clock.pass(3_600);
      expect(await keyId()).toBe(issuer.signingKey.kid);
    }
    issuer.resetFaults();
    clock.pass(10);
    await keyId();
    expect(hits()).toEqual([1, 1]);
  });

  it.each(FAULT_KINDS)(
    'U1 U4 are out of reach, within one deadline, under the fault %s of the document',
    async (fault) => {
      issuer.fault('discovery', fault);
      const started = performance.now();
      expect(await codeOf(keyId)).toBe('provider_unavailable');
      expect(performance.now() - started).toBeLessThan(patienceFor(3_000));
      expect([issuer.hits('redirected'), issuer.hits('jwks')]).toEqual([0, 0]);
      issuer.resetFaults();
      clock.pass(3);
      expect(await keyId()).toBe(issuer.signingKey.kid);
    },
  );
});
