import { DemoIdentityProvider, LEGACY_FLOWS, LegacyFlow } from '..';
import { verified } from '../headless/verified';
import { grantTypesOf, responseTypesOf } from './legacy-flows';

async function tried(legacyFlows: readonly LegacyFlow[]): Promise<Record<LegacyFlow, string>> {
  const idp = await DemoIdentityProvider.start({ legacyFlows });
  const { auth0 } = idp;
  const credentials = { client_id: 'demoLegacyClientOfTheAuth0Twin01', client_secret: 'demo-auth0-legacy-secret' };
  const authorize = async (responseType: string): Promise<string> => {
    const query = new URLSearchParams({
      client_id: credentials.client_id,
      redirect_uri: 'http://127.0.0.1:4711/legacy-callback',
      response_type: responseType,
      response_mode: 'form_post',
      scope: 'openid',
      nonce: 'n',
    });
    const answer = await fetch(`${auth0.authorizationUri}?${query.toString()}`, { redirect: 'manual' });
    return answer.headers.get('location')?.includes('/people/') ? 'offered' : 'refused';
  };
  const fields = { grant_type: 'password', username: 'ada', password: 'demo-password', ...credentials };
  const password = await fetch(auth0.tokenUri, { method: 'POST', body: new URLSearchParams(fields) });
  const result = {
    implicit: await authorize('id_token'),
    hybrid: await authorize('code id_token'),
    password: password.ok ? 'offered' : 'refused',
  };
  await idp.stop();
  return result;
}

it('are refused by default', async () => {
  expect(await tried([])).toEqual({ implicit: 'refused', hybrid: 'refused', password: 'refused' });
});

it.each(LEGACY_FLOWS)('are switched on one by one: %s', async (flow) => {
  const refused = { implicit: 'refused', hybrid: 'refused', password: 'refused' };
  expect(await tried([flow])).toEqual({ ...refused, [flow]: 'offered' });
});

it('never let an access token through the browser', () => {
  expect(responseTypesOf(LEGACY_FLOWS)).toEqual(['id_token', 'code id_token']);
  expect(grantTypesOf(LEGACY_FLOWS)).toEqual(['implicit', 'authorization_code', 'password']);
});

describe('a password', () => {
  let idp: DemoIdentityProvider;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start({ legacyFlows: ['password'] });
  });
  afterAll(() => idp.stop());

  const ask = async (more: Record<string, string>): Promise<Record<string, string>> => {
    const { clientId, clientSecret } = idp.auth0.legacy!;
    const fields = { grant_type: 'password', client_id: clientId, client_secret: clientSecret, ...more };
    const answer = await fetch(idp.auth0.tokenUri, { method: 'POST', body: new URLSearchParams(fields) });
    return (await answer.json()) as Record<string, string>;
  };
  const ada = { username: 'ada.winter@example.org', password: 'demo-password' };

  it('yields tokens that say so, as those of Auth0 do', async () => {
    const audience = idp.auth0.audience ?? '';
    const { access_token: token } = await ask({ ...ada, audience, scope: 'openid notes:read' });
    const { payload } = await verified(idp.auth0, token ?? '');
    expect(payload).toMatchObject({ gty: 'password', sub: idp.auth0.person('ada').subject });
  });

  it('yields no ID token unless it is asked for', async () => {
    expect(await ask({ ...ada, scope: 'notes:read' })).not.toHaveProperty('id_token');
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, 'Wrong email or password.'],
    ['an unknown person', { username: 'eve@example.org' }, 'Wrong email or password.'],
    ['a person of another connection', { username: 'sam.rivers@example.com' }, 'Wrong email or password.'],
    ['an unknown API', { audience: 'https://nowhere.example/' }, 'No API https://nowhere.example/'],
  ])('is refused for %s', async (_what, more, words) => {
    const { error_description: description } = await ask({ ...ada, ...more });
    expect(description).toContain(words);
  });

  it('is nothing that Google has', () => {
    expect(idp.google.legacy).toBeUndefined();
  });
});
