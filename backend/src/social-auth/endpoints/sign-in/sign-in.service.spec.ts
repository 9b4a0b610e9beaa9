import { ForbiddenException, Logger } from '@nestjs/common';
import { AccountEntity } from '../../accounts/account.entity';
import type { AccountsService, SignInResult } from '../../accounts/accounts.service';
import type { RefusedIdentities } from '../../accounts/sign-in/refused-identities';
import {
  DatabaseUnavailableError,
  EmailInUseError,
  InvalidRequestError,
  ProviderTokenRefusedError,
  ProviderUnavailableError,
  TooManyRequestsError,
} from '../../errors/social-auth.error';
import type { Challenges } from '../../replay/challenges';
import { ProviderClients } from '../../replay/provider-client';
import type { UsedCredentials } from '../../replay/used-credentials';
import type { SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { AcceptedSignIns } from './accepted-sign-ins';
import { CredentialAcceptance } from './credential-acceptance';
import { RefusalCounter } from './refusal-counter';
import type { SignInHooks } from './sign-in-hooks';
import { SignInRefusals } from './sign-in-refusals';
import { SignInService } from './sign-in.service';

const MARKER = 'marker-of-a-secret';
const credential: VerifiedCredential = {
  identity: {
    provider: 'google',
    issuer: 'https://i.example',
    subject: MARKER,
    email: `${MARKER}@x.y`,
    emailVerified: true,
    name: MARKER,
  },
  kind: 'id_token',
  clientId: 'web',
  issuedAt: new Date(0),
  expiresAt: new Date(1),
  nonce: MARKER,
};
const result: SignInResult = {
  account: Object.assign(new AccountEntity(), { id: 'account-1', email: `${MARKER}@x.y`, name: MARKER }),
  issued: { id: 'token-1', token: MARKER, expiresAt: new Date(1), expiresIn: 1 },
  isNewAccount: true,
};
const client = { address: '203.0.113.7', userAgent: 'x', requestId: 'request-1' };

const logged: Record<string, unknown>[] = [];
beforeAll(() => {
  const keep = (line: unknown): void => void logged.push(line as Record<string, unknown>);
  Logger.overrideLogger({ log: keep, warn: keep, error: keep });
});
beforeEach(() => logged.splice(0));

/** Of a client whose nonce nobody looks at, so that no database is needed. */
function acceptance(hooks: SignInHooks): CredentialAcceptance {
  const web = { id: 'web', platform: 'web', nonce: 'off' } as const;
  const unused = { use: () => Promise.resolve(true) } as unknown as UsedCredentials;
  return new CredentialAcceptance(
    hooks,
    new ProviderClients(new Map([['google', [web]]])),
    {} as Challenges,
    unused,
    false,
  );
}

/** Over a log that takes everything; what stands in it afterwards, the tests over HTTP show. */
const refusalsWith = (record: RefusedIdentities['record']): SignInRefusals =>
  new SignInRefusals({ record } as RefusedIdentities, new RefusalCounter());

const refusals = refusalsWith(() => Promise.resolve());

function exchange(parts: {
  verify?: () => Promise<VerifiedCredential>;
  signIn?: () => Promise<SignInResult>;
  hooks?: SignInHooks;
}): Promise<unknown> {
  const { verify = () => Promise.resolve(credential), signIn = () => Promise.resolve(result), hooks = {} } = parts;
  const service = new SignInService(
    { signIn } as unknown as AccountsService,
    acceptance(hooks),
    refusals,
    new AcceptedSignIns(),
  );
  const strategy: SocialAuthStrategy = { verify };
  return service.exchange('google', strategy, { id_token: MARKER }, client);
}

describe('L3 every attempt is logged once, with', () => {
  it('its outcome, a hashed subject and the request id when it succeeds', async () => {
    await exchange({});
    expect(logged).toEqual([
      {
        event: 'sign_in',
        outcome: 'accepted',
        provider: 'google',
        kind: 'id_token',
        subject: expect.stringMatching(/^[\w-]{22}$/) as string,
        account: 'account-1',
        newAccount: true,
        requestId: 'request-1',
      },
    ]);
  });

  it.each([
    [
      'a refused token',
      new ProviderTokenRefusedError('provider_token_expired', 'exp passed'),
      'refused',
      'provider_token_expired',
    ],
    ['an outage', new ProviderUnavailableError('no answer'), 'failed', 'provider_unavailable'],
    ['a fault of ours', new TypeError(`cannot read ${MARKER}`), 'failed', 'internal_error'],
  ])('its code and reason when it ends in %s', async (_name, error, outcome, code) => {
    await expect(exchange({ verify: () => Promise.reject(error) })).rejects.toBe(error);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ event: 'sign_in', outcome, code, provider: 'google', requestId: 'request-1' });
    expect(logged[0]?.subject).toBeUndefined();
  });

  it('the subject of a proven credential that the accounts refuse', async () => {
    await expect(exchange({ signIn: () => Promise.reject(new EmailInUseError('x')) })).rejects.toThrow();
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ outcome: 'refused', code: 'email_in_use' });
    expect(logged[0]?.subject).toMatch(/^[\w-]{22}$/);
  });

  it('L1 nothing of the token or the person', async () => {
    await exchange({});
    await expect(exchange({ signIn: () => Promise.reject(new Error(MARKER)) })).rejects.toThrow();
    expect(logged).toHaveLength(2);
    expect(JSON.stringify(logged)).not.toContain(MARKER);
  });
});

describe('a refusal', () => {
  it('is answered as it is when its record cannot be written', async () => {
    const error = new EmailInUseError('x');
    const unwritten = refusalsWith(() => Promise.reject(new DatabaseUnavailableError()));
    const accounts = { signIn: () => Promise.reject(error) } as unknown as AccountsService;
    const service = new SignInService(accounts, acceptance({}), unwritten, new AcceptedSignIns());
    const strategy: SocialAuthStrategy = { verify: () => Promise.resolve(credential) };
    await expect(service.exchange('google', strategy, { id_token: MARKER }, client)).rejects.toBe(error);
    expect(logged).toEqual([
      expect.objectContaining({ event: 'sign_in', code: 'email_in_use' }),
      expect.objectContaining({ event: 'sign_in_refusal_not_written', code: 'email_in_use' }),
    ]);
    expect(JSON.stringify(logged)).not.toContain(MARKER);
  });

  it.each<[string, boolean, unknown, boolean]>([
    ['of a proven person', true, new EmailInUseError('x'), true],
    ['by the host, of a proven person', true, new ForbiddenException(), true],
    ['of a token that proves nothing', false, new ProviderTokenRefusedError('provider_token_invalid', 'x'), false],
    ['by a limit', true, new TooManyRequestsError(1), false],
    ['that is an outage', true, new DatabaseUnavailableError(), false],
    ['that is a fault of ours', true, new TypeError(MARKER), false],
  ])('%s stands in the security log as often as it should (D8)', async (_name, isProven, error, isFor) => {
    let written = 0;
    const counting = refusalsWith(() => Promise.reject(new Error(String((written += 1)))));
    const proven = isProven ? credential : undefined;
    await counting.record({ provider: 'google', kind: 'id_token', credential: proven, client }, error);
    expect(written).toBe(isFor ? 1 : 0);
  });
});

describe('the host’s hook', () => {
  it('runs after the verification and before the accounts, and refuses by throwing', async () => {
    const steps: string[] = [];
    const refusal = new EmailInUseError('of the host');
    await expect(
      exchange({
        verify: () => Promise.resolve(credential).finally(() => steps.push('verify')),
        hooks: { onCredentialVerified: () => Promise.reject(refusal).finally(() => steps.push('hook')) },
        signIn: () => Promise.resolve(result).finally(() => steps.push('accounts')),
      }),
    ).rejects.toBe(refusal);
    expect(steps).toEqual(['verify', 'hook']);
  });

  it('does not run for a credential that was not proven', async () => {
    let ran = false;
    const refused = new ProviderTokenRefusedError('provider_token_invalid', 'x');
    const hooks = { onCredentialVerified: () => Promise.resolve(void (ran = true)) };
    await expect(exchange({ verify: () => Promise.reject(refused), hooks })).rejects.toBe(refused);
    expect(ran).toBe(false);
  });

  it.each([[{}], [{ id_token: 7 }], [{ id_token: MARKER, issuer: MARKER }], [undefined]])(
    'its code when the body is refused: %j',
    async (body) => {
      const service = new SignInService({} as AccountsService, acceptance({}), refusals, new AcceptedSignIns());
      const attempt = service.exchange('google', { verify: () => Promise.resolve(credential) }, body, client);
      await expect(attempt).rejects.toMatchObject({ code: 'invalid_request' });
      expect(logged).toEqual([
        expect.objectContaining({ outcome: 'refused', code: 'invalid_request', provider: 'google' }),
      ]);
      expect(JSON.stringify(logged)).not.toContain(MARKER);
    },
  );

  it('the status of an error that the host’s hook throws of its own kind', async () => {
    const hooks = { onCredentialVerified: () => Promise.reject(new ForbiddenException(MARKER)) };
    await expect(exchange({ hooks })).rejects.toBeInstanceOf(ForbiddenException);
    expect(logged).toEqual([expect.objectContaining({ outcome: 'refused', code: 403 })]);
  });
});

describe('M10 what a provider alone has in its bodies', () => {
  const taken: VerifiedCredential[] = [];
  const accounts = {
    signIn: (accepted: VerifiedCredential) => {
      taken.push(accepted);
      return Promise.resolve(result);
    },
  } as unknown as AccountsService;
  const service = new SignInService(accounts, acceptance({}), refusals, new AcceptedSignIns());
  const strategy: SocialAuthStrategy = {
    verify: () => Promise.resolve({ ...credential, claimedName: 'of a strategy' }),
  };
  beforeEach(() => taken.splice(0));

  it('is taken by its reader, and reaches the accounts beside the identity', async () => {
    const body = { user: 'Ada' };
    await service.exchange('google', strategy, body, client, (given) => {
      expect(given).toBe(body);
      return { body: { id_token: MARKER }, claimedName: 'Ada' };
    });
    expect(taken).toEqual([{ ...credential, platform: 'web', claimedName: 'Ada' }]);
  });

  it('is nothing where the provider has no reader, whatever its strategy says', async () => {
    await service.exchange('google', strategy, { id_token: MARKER }, client);
    expect(taken).toEqual([{ ...credential, platform: 'web', claimedName: undefined }]);
  });

  it('is refused and logged like any other body where the reader refuses it', async () => {
    const refuse = (): never => {
      throw new InvalidRequestError('user must be an object.');
    };
    await expect(service.exchange('google', strategy, {}, client, refuse)).rejects.toThrow();
    expect(logged).toEqual([expect.objectContaining({ outcome: 'refused', code: 'invalid_request' })]);
    expect(taken).toEqual([]);
  });
});
