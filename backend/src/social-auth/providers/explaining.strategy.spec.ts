import { problemDetails } from '../errors/problem-details';
import { ProviderTokenRefusedError, ProviderUnavailableError } from '../errors/social-auth.error';
import type { VerifiedCredential } from '../verification/verified-credential';
import { configuredProviders, ExplainingStrategy } from './explaining.strategy';
import { auth0, google } from './built-in';

const context = { provider: 'google', configured: [] };
const posted = { kind: 'id_token', token: 'x' } as const;
const { detail } = problemDetails('provider_token_invalid');

const explained = (result: Promise<VerifiedCredential>): Promise<unknown> =>
  new ExplainingStrategy({ verify: () => result }, context).verify(posted).catch((error: unknown) => error);

describe('a strategy whose refusals are explained', () => {
  it('hands a proven credential on, and every error that is no refusal of the token', async () => {
    const credential = { clientId: 'web' } as VerifiedCredential;
    expect(await explained(Promise.resolve(credential))).toBe(credential);
    const outage = new ProviderUnavailableError('away');
    expect(await explained(Promise.reject(outage))).toBe(outage);
  });

  it('changes the detail alone', async () => {
    const cause = new Error('why');
    const refusal = new ProviderTokenRefusedError('provider_token_invalid', 'odd', cause).because(() => 'x was "y".');
    const error = (await explained(Promise.reject(refusal))) as ProviderTokenRefusedError;
    expect(error).toBeInstanceOf(ProviderTokenRefusedError);
    expect([error.code, error.reason, error.cause, error.message]).toEqual([
      'provider_token_invalid',
      'odd',
      cause,
      'odd',
    ]);
    expect(error.headers).toEqual(refusal.headers);
    expect(error.getResponse()).toEqual(problemDetails('provider_token_invalid', `${detail} x was "y".`));
  });

  it('names the check where there is no more to say', async () => {
    const error = (await explained(
      Promise.reject(new ProviderTokenRefusedError('provider_token_invalid', 'odd')),
    )) as ProviderTokenRefusedError;
    expect(error.getResponse()).toMatchObject({ detail: `${detail} The check that failed: odd.` });
  });

  it('is what builds the explanation, and nothing else does', () => {
    let built = 0;
    const refusal = new ProviderTokenRefusedError('provider_token_invalid', 'odd').because(() => `${(built += 1)}`);
    expect([refusal.getResponse(), built]).toEqual([problemDetails('provider_token_invalid'), 0]);
    expect([refusal.explained(context).getResponse(), built]).toEqual([
      problemDetails('provider_token_invalid', `${detail} 1`),
      1,
    ]);
  });
});

it('knows the clients of the mounted providers with their defaults, and nothing of one without settings', () => {
  const settings = { google: { clientIds: ['web', { id: 'phone', platform: 'android' }] } };
  expect(configuredProviders([google, auth0], settings)).toEqual([
    {
      name: 'google',
      title: 'Google',
      route: 'auth/google',
      issuers: ['https://accounts.google.com', 'accounts.google.com'],
      clients: [
        expect.objectContaining({ id: 'web', platform: 'web' }),
        expect.objectContaining({ id: 'phone', platform: 'android' }),
      ],
      hintOn: expect.any(Function) as unknown,
    },
    { name: 'auth0', title: 'Auth0', route: 'auth/auth0' },
  ]);
});
