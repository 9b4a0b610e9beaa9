import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { accessTokenOf, newPerson, stateWith, TAKES_ACCESS_TOKENS, verdictOf } from '../support/direct-bearer';
import { startTestApp, type TestApp } from '../support/test-app';

let idp: DemoIdentityProvider;
let server: TestApp;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
}, 60_000);
afterAll(() => idp?.stop());
afterEach(() => server?.stop());

const start = async (settings: Record<string, string>): Promise<void> => {
  server = await startTestApp({ idp, settings: { ...TAKES_ACCESS_TOKENS, ...settings } });
};
const stateOfStranger = async (): Promise<string> => stateWith(server, await accessTokenOf(server, newPerson()));

describe('the limits on signing in', () => {
  it('D1 D8 count the first sight of a bearer token for its address, and no later one', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '4' });
    const known = await accessTokenOf(server, newPerson());
    expect(await stateWith(server, known)).toBe('200');
    for (let times = 0; times < 10; times += 1) expect(await stateWith(server, known)).toBe('200');
    for (let times = 0; times < 3; times += 1) expect(await stateOfStranger()).toBe('200');
    const refused = await server.api('/accounts/me', { token: await accessTokenOf(server, newPerson()) });
    expect(verdictOf(refused)).toBe('429 too_many_requests');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await stateWith(server, known)).toBe('200');
    // One count for both ways in.
    expect((await server.postIdToken('auth0', 'ada')).status).toBe(429);
  });

  it('D9 count it once, with however many requests an application begins', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '3' });
    const token = await accessTokenOf(server, newPerson());
    const states = await Promise.all(Array.from({ length: 12 }, () => stateWith(server, token)));
    expect(states).toEqual(Array(12).fill('200'));
  });

  it('D1 count it for the person, who may not be made again and again', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '30', SIGN_UP: 'false' });
    const person = await accessTokenOf(server, newPerson());
    const states: string[] = [];
    for (let times = 0; times < 12; times += 1) states.push(await stateWith(server, person));
    expect(states.slice(0, 10)).toEqual(Array(10).fill('403 sign_up_disabled'));
    expect(states.slice(10)).toEqual(['429 too_many_requests', '429 too_many_requests']);
    expect(await stateOfStranger()).toBe('403 sign_up_disabled');
  });
});

describe('who may come in', () => {
  it('is asked of every bearer token, of known people too', async () => {
    await start({ ALLOWED_EMAIL_DOMAINS: 'example.org' });
    const person = newPerson();
    expect(await stateWith(server, await accessTokenOf(server, person))).toBe('200');
    const withoutAddress = await accessTokenOf(server, { ...person, 'https://example.com/email': undefined });
    expect(await stateWith(server, withoutAddress)).toBe('403 sign_in_not_allowed');
    const elsewhere = { ...newPerson(), 'https://example.com/email': 'eve@evil.example' };
    expect(await stateWith(server, await accessTokenOf(server, elsewhere))).toBe('403 sign_in_not_allowed');
  });

  it('is nobody new where no accounts are made', async () => {
    await start({ SIGN_UP: 'false' });
    expect(await stateOfStranger()).toBe('403 sign_up_disabled');
  });
});

describe('an explained refusal', () => {
  it('says the same of a bearer token as of a posted one', async () => {
    await start({ EXPLAIN_REFUSALS: 'true' });
    const token = await accessTokenOf(server, { aud: 'https://other.example/' });
    const bearer = await server.api('/accounts/me', { token });
    const posted = await server.api('/auth/auth0', { json: { access_token: token } });
    expect(bearer.text).toBe(posted.text);
    expect(bearer.body.detail).toContain('https://other.example/');
  });
});
