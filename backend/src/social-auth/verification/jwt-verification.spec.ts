import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import type { CompactJwt } from './compact-jwt';
import { verifyJwt } from './jwt-verification';
import type { KeyStore } from './key-store';

const jwt: CompactJwt = { token: 'a.b.c', header: { alg: 'RS256', kid: 'key-1' }, claims: { sub: '1' } };

/** Expectations that write down which of them is looked at, and when. */
function recorded(steps: string[], refusesAt?: string): Parameters<typeof verifyJwt>[1] {
  const step = (name: string): void => {
    steps.push(name);
    if (name === refusesAt) throw new ProviderTokenRefusedError('provider_token_invalid', name);
  };
  const keyFor = (kid: string | undefined): Promise<object> => Promise.resolve(step(`key ${kid}`)).then(() => ({}));
  return {
    types: [undefined],
    checks: [() => step('first claim'), () => step('second claim')],
    keyStore: { keyFor: async (kid: string | undefined) => keyFor(kid) } as unknown as KeyStore,
    verifySignature: (token) => Promise.resolve(step(`signature of ${token}`)),
  };
}

describe('the verification of a token', () => {
  it('D5 goes from the cheap checks to the dear ones', async () => {
    const steps: string[] = [];
    await verifyJwt(jwt, recorded(steps));
    expect(steps).toEqual(['first claim', 'second claim', 'key key-1', 'signature of a.b.c']);
  });

  it('D5 V1 looks at nothing else when the header is wrong', async () => {
    const steps: string[] = [];
    const none = { ...jwt, header: { alg: 'none' } };
    await expect(verifyJwt(none, recorded(steps))).rejects.toThrow(ProviderTokenRefusedError);
    expect(steps).toEqual([]);
  });

  it.each(['first claim', 'second claim', 'key key-1', 'signature of a.b.c'])('stops at the %s', async (refusesAt) => {
    const steps: string[] = [];
    await expect(verifyJwt(jwt, recorded(steps, refusesAt))).rejects.toThrow(refusesAt);
    expect(steps.at(-1)).toBe(refusesAt);
  });
});
