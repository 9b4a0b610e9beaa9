import { approveDevice, DemoIdentityProvider, DemoIssuer, formOf, Visitor } from '..';

let idp: DemoIdentityProvider;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
});
afterAll(() => idp.stop());

type Answer = Record<string, unknown> & { device_code: string; user_code: string };

const post = async (address: string, fields: Record<string, string>): Promise<Answer> =>
  (await (await fetch(address, { method: 'POST', body: new URLSearchParams(fields) })).json()) as Answer;

const secretOf = ({ tvClientSecret }: DemoIssuer): Record<string, string> =>
  tvClientSecret === undefined ? {} : { client_secret: tvClientSecret };

const ask = (issuer: DemoIssuer): Promise<Answer> =>
  post(issuer.deviceAuthorizationUri, { client_id: issuer.tvClientId, scope: 'openid email', ...secretOf(issuer) });

const poll = (issuer: DemoIssuer, { device_code }: Answer): Promise<Answer> =>
  post(issuer.tokenUri, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: issuer.tvClientId,
    device_code,
    ...secretOf(issuer),
  });

const tv = 'nest-token-exchange for televisions';

describe.each(['google', 'auth0'] as const)('a television at %s', (name) => {
  it('waits until somebody has entered its code, confirmed it and been picked', async () => {
    const asked = await ask(idp[name]);
    expect(await poll(idp[name], asked)).toMatchObject({ error: 'authorization_pending' });
    const { pages } = await approveDevice(idp[name].deviceUri, asked.user_code.toLowerCase(), { person: 'ada' });
    expect(pages).toEqual([
      expect.stringContaining('Connect a device'),
      expect.stringContaining(`${tv} shows <strong>${asked.user_code}</strong>`),
      expect.stringContaining(`to continue to ${tv}`),
      expect.stringContaining('Your device is connected'),
    ]);
    for (const page of pages) expect(page).not.toContain('<script');
    expect(await poll(idp[name], asked)).toMatchObject({ id_token: expect.any(String) as string });
    expect(await poll(idp[name], asked)).toMatchObject({ error: 'invalid_grant' });
  });

  it('hears of a refusal, whether of the code or of the people', async () => {
    const [first, second] = [await ask(idp[name]), await ask(idp[name])];
    const { pages } = await approveDevice(idp[name].deviceUri, first.user_code, { cancel: 'yes' });
    expect(pages.at(-1)).toContain('The television was not connected.');
    const visitor = new Visitor();
    const input = formOf(await (await visitor.open(idp[name].deviceUri)).text(), idp[name].deviceUri);
    const entered = await visitor.submit(input.action, { ...input.fields, user_code: second.user_code });
    const confirm = formOf(await entered.text(), input.action);
    await visitor.submit(confirm.action, { ...confirm.fields, abort: 'yes' });
    for (const asked of [first, second]) expect(await poll(idp[name], asked)).toMatchObject({ error: 'access_denied' });
  });
});

it('is told where to send people in the words of each issuer', async () => {
  const google = await ask(idp.google);
  expect(google).toEqual({
    device_code: expect.any(String) as string,
    user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/) as string,
    verification_url: `${idp.google.issuer}/device`,
    verification_url_complete: `${idp.google.issuer}/device?user_code=${google.user_code}`,
    expires_in: 1_800,
    interval: 5,
  });
  const auth0 = await ask(idp.auth0);
  expect(auth0).toMatchObject({ verification_uri: `${idp.auth0.issuer}activate`, expires_in: 900, interval: 5 });
  expect(idp.auth0.deviceAuthorizationUri).toBe(`${idp.auth0.issuer}oauth/device/code`);
});

it('may put the code into the address, which fills the form', async () => {
  const { user_code: code, verification_uri_complete: address } = await ask(idp.auth0);
  const page = await (await new Visitor().open(String(address))).text();
  expect(formOf(page, String(address)).fields).toMatchObject({ user_code: code });
  expect(page).not.toContain('<script');
});

it('says when a code is not valid, and takes no form that is not its own', async () => {
  const visitor = new Visitor();
  const { action, fields } = formOf(await (await visitor.open(idp.auth0.deviceUri)).text(), idp.auth0.deviceUri);
  const wrong = await visitor.submit(action, { ...fields, user_code: '<b>XXXX' });
  expect(await wrong.text()).toMatch(/role="alert">This code is not valid[^]*value="&lt;b&gt;XXXX"/);
  const { user_code: userCode } = await ask(idp.auth0);
  const forged = await visitor.submit(action, { xsrf: 'forged', user_code: userCode, confirm: 'yes' });
  expect([forged.status, forged.headers.get('location')]).toEqual([400, null]);
});
