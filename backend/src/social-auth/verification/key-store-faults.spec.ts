import { gzipSync } from 'node:zlib';
import { Logger } from '@nestjs/common';
import { DemoIdentityProvider, FAULT_KINDS, type DemoIssuer } from '../../../dev/demo-identity-provider';
import { MovedClock } from '../../../test/support/moved-clock';
import { patienceFor } from '../../../test/support/patience';
import { codeOf } from '../../../test/support/refusal-of';
import { KeyStore } from './key-store';

const PATIENCE_MS = patienceFor(3_000);

async function timed<Result>(work: Promise<Result>): Promise<{ result: Result; ms: number }> {
  const started = performance.now();
  return { result: await work, ms: performance.now() - started };
}

let idp: DemoIdentityProvider;
let issuer: DemoIssuer;

beforeAll(async () => {
  Logger.overrideLogger(false);
  idp = await DemoIdentityProvider.start();
  issuer = idp.auth0;
});
afterAll(() => idp.stop());
beforeEach(() => {
  issuer.resetFaults();
  idp.google.resetFaults();
});

describe.each(FAULT_KINDS)('U1 a key endpoint under the fault %s', (fault) => {
  const offer = (store: KeyStore, kid: string): Promise<string> =>
    store.keyFor(kid).then(
      () => 'accepted',
      (error: Error) => codeOf(() => Promise.reject(error)),
    );

  it('keeps known keys working, answers unknown ones in time, and recovers without a restart', async () => {
    const clock = new MovedClock();
    const store = new KeyStore(issuer.jwksUri, clock);
    const { kid } = issuer.signingKey;
    expect(await offer(store, kid)).toBe('accepted');

    issuer.fault('jwks', fault);
    clock.pass(30);
    const unknown = await timed(offer(store, 'unknown'));
    expect(unknown.result).toBe('provider_unavailable');
    expect(unknown.ms).toBeLessThan(PATIENCE_MS);
    for (const minutes of [5, 5]) {
      const known = await timed(offer(store, kid));
      expect(known.result).toBe('accepted');
      expect(known.ms).toBeLessThan(PATIENCE_MS);
      clock.pass(minutes * 60);
    }
    expect(issuer.hits('redirected')).toBe(0);

    issuer.fault('jwks', undefined);
    const rotated = await issuer.rotate();
    clock.pass(65);
    expect(await offer(store, rotated)).toBe('accepted');
    expect(await offer(store, kid)).toBe('accepted');
  });

  it('U3 answers a cold start as an outage, never as a bad token, and lets people in afterwards', async () => {
    const clock = new MovedClock();
    const store = new KeyStore(issuer.jwksUri, clock);
    issuer.fault('jwks', fault);
    const offers = await timed(Promise.all(Array.from({ length: 20 }, () => offer(store, issuer.signingKey.kid))));
    expect(new Set(offers.result)).toEqual(new Set(['provider_unavailable']));
    expect(offers.ms).toBeLessThan(PATIENCE_MS);
    expect(issuer.hits('jwks')).toBe(1);
    expect(issuer.hits('redirected')).toBe(0);
    expect(store.health().status).toBe('down');

    issuer.fault('jwks', undefined);
    clock.pass(2);
    expect(await offer(store, issuer.signingKey.kid)).toBe('accepted');
  });
});

describe('the limits of a fetch', () => {
  const ask = (): Promise<string> =>
    new KeyStore(idp.google.jwksUri, new MovedClock()).keyFor(idp.google.signingKey.kid).then(
      () => 'accepted',
      (error: Error) => codeOf(() => Promise.reject(error)),
    );

  it('U4 are 256 KB after decompression, whatever length is announced', async () => {
    const keys = idp.google.publishedKeys;
    const body = (bytes: number): string => {
      const text = JSON.stringify({ keys, padding: '' });
      return text.replace('"padding":""', `"padding":"${'x'.repeat(bytes - text.length)}"`);
    };
    idp.google.fault('jwks', (_request, response) => response.end(body(262_144)));
    expect(await ask()).toBe('accepted');
    idp.google.fault('jwks', (_request, response) => response.end(body(262_145)));
    expect(await ask()).toBe('provider_unavailable');
    idp.google.fault('jwks', (_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(body(10_000_000)));
    });
    expect(await ask()).toBe('provider_unavailable');
  });

  it('U4 are one answer: no kind of redirect is followed', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      idp.google.fault('jwks', (_request, response) => {
        response.writeHead(status, { location: idp.auth0.jwksUri }).end();
      });
      expect({ status, verdict: await ask() }).toEqual({ status, verdict: 'provider_unavailable' });
    }
    expect(idp.auth0.hits('jwks')).toBe(0);
  });
});
