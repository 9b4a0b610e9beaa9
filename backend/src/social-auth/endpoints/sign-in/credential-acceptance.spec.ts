import { refusalOf } from '../../../../test/support/refusal-of';
import { TooManyRequestsError } from '../../errors/social-auth.error';
import type { Challenges } from '../../replay/challenges';
import { ProviderClients, type NonceRule } from '../../replay/provider-client';
import type { UsedCredentials } from '../../replay/used-credentials';
import type { PostedCredential, VerifiedCredential } from '../../verification/verified-credential';
import { CredentialAcceptance } from './credential-acceptance';
import type { SignInHooks } from './sign-in-hooks';

const credential: VerifiedCredential = {
  identity: { provider: 'google', issuer: 'https://i.example', subject: 'ada', emailVerified: false },
  kind: 'id_token',
  clientId: 'phone',
  issuedAt: new Date(0),
  expiresAt: new Date(1),
  nonce: 'the-nonce',
};
const visitor = { address: undefined, userAgent: undefined, requestId: undefined };
const strategy = { verify: () => Promise.resolve(credential) };

/** What was asked of the database, in the order in which it was. */
let asked: string[] = [];
beforeEach(() => (asked = []));

function accept(
  nonce: NonceRule,
  parts: {
    posted?: Partial<PostedCredential>;
    hooks?: SignInHooks;
    issued?: boolean;
    fresh?: boolean;
    explains?: boolean;
  },
): Promise<VerifiedCredential> {
  const { posted, hooks = {}, issued = true, fresh = true, explains = false } = parts;
  const clients = new ProviderClients(new Map([['google', [{ id: 'phone', platform: 'ios', nonce }]]]));
  const consume = (claim: string) => Promise.resolve((asked.push(`nonce ${claim}`), issued));
  const use = () => Promise.resolve((asked.push('token'), fresh));
  const challenges = { consume } as unknown as Challenges;
  const used = { use } as unknown as UsedCredentials;
  const acceptance = new CredentialAcceptance(hooks, clients, challenges, used, explains);
  return acceptance.accept('google', strategy, { kind: 'id_token', token: 'x', ...posted }, visitor);
}

describe('a credential that is accepted', () => {
  it('knows on what its client runs, and has used up its nonce before itself', async () => {
    expect(await accept('required', {})).toEqual({ ...credential, platform: 'ios' });
    expect(asked).toEqual(['nonce the-nonce', 'token']);
  });

  it('uses up nothing before the host has heard of it', async () => {
    const hooks = { onCredentialVerified: () => Promise.reject(new TooManyRequestsError(1)) };
    expect((await refusalOf(() => accept('required', { hooks }))).code).toBe('too_many_requests');
    expect(asked).toEqual([]);
  });

  it('is not itself used up where its nonce is refused', async () => {
    expect((await refusalOf(() => accept('required', { issued: false }))).code).toBe('provider_token_wrong_nonce');
    expect(asked).toEqual(['nonce the-nonce']);
  });

  it('V21 is refused where it was used before', async () => {
    expect((await refusalOf(() => accept('off', { fresh: false }))).code).toBe('provider_token_replayed');
    expect(asked).toEqual(['token']);
  });
});

describe('a refusal for the nonce', () => {
  const posted = { nonceRequired: true };
  const detailOf = async (explains: boolean): Promise<string> => {
    const refusal = await refusalOf(() => accept('off', { posted, explains }));
    return (refusal.getResponse() as { detail: string }).detail;
  };

  it('says what was missing where refusals are explained, and there alone', async () => {
    expect(await detailOf(true)).toMatch(
      /The check that failed: nonces are off for this client, and one is required\.$/,
    );
    expect(await detailOf(false)).not.toContain('nonces are off');
  });
});
