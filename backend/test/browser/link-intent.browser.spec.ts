import { createHash } from 'node:crypto';
import { describeInBrowser } from './support/describe-in-browser';
import {
  expectUntouched,
  INTENT_COOKIE,
  intentOf,
  newLinkingPerson,
  plantIntent,
  requestCookies,
} from './support/link-request';
import { accountId, goToLink, linkedProviders } from './support/linking.steps';
import { sessionSecret } from './support/product-environment';
import { goToProvider, interceptAnswer, isSignedIn, signOut, tokenOf } from './support/sign-in.steps';

// By name alone: the types of next-auth bring those of Next into the whole backend.
const { encode } = jest.requireActual<{ encode: (params: object) => Promise<string> }>('next-auth/jwt');

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

describeInBrowser('the intent to link', { exposeApiToken: true }, (stage) => {
  it('does not make a link of a later sign-in', async () => {
    const { page, person } = await newLinkingPerson(stage);
    const id = await accountId(page, stage.site);
    await goToLink(page, stage.site, 'Auth0');
    const stale = await intentOf(page);
    expect(stale).not.toBe('');
    await goToProvider(page, stage.site, { provider: 'Auth0', from: '/sign-in?error=access_denied' });
    expect(await intentOf(page)).toBe('');
    await plantIntent(page, stage.site, stale);
    await page.goto((await interceptAnswer(page, stage.site, person)).href);
    expect(await linkedProviders(page, stage.site)).toEqual(['Auth0']);
    expect(await accountId(page, stage.site)).not.toBe(id);
  });

  it('happens once', async () => {
    const { page, person, token } = await newLinkingPerson(stage);
    await goToLink(page, stage.site, 'Auth0');
    const cookies = await requestCookies(page);
    const answer = await interceptAnswer(page, stage.site, person);
    await page.goto(answer.href);
    expect(page.url()).toContain('notice=identity_linked');
    expect(await requestCookies(page)).toEqual([]);
    await page.context().addCookies(cookies);
    await page.goto(answer.href);
    expect(page.url()).toContain(`${stage.site}/account/identities?error=`);
    expect(await tokenOf(page, stage.site)).toBe(token);
  });

  it('becomes no sign-in when the provider breaks off and the answer is sent again', async () => {
    const victim = await newLinkingPerson(stage);
    await goToLink(victim.page, stage.site, 'Auth0');
    const answer = await interceptAnswer(victim.page, stage.site, victim.person);
    stage.product.identityProvider.auth0.fault('token', '500');
    try {
      await victim.page.goto(answer.href);
    } finally {
      stage.product.identityProvider.auth0.resetFaults();
    }
    expect(victim.page.url()).toBe(`${stage.site}/account/identities?error=OAuthCallback`);
    await victim.page.goto(answer.href);
    await expectUntouched(stage, victim);
  });

  it('becomes no sign-in when its person signs out meanwhile', async () => {
    const { page, person } = await newLinkingPerson(stage);
    await goToLink(page, stage.site, 'Auth0');
    const answer = await interceptAnswer(page, stage.site, person);
    await signOut(page, stage.site);
    await page.goto(answer.href);
    expect(await isSignedIn(page, stage.site)).toBe(false);
  });

  it('survives an error that somebody else makes up', async () => {
    const { page, person } = await newLinkingPerson(stage);
    await goToLink(page, stage.site, 'Auth0');
    const answer = await interceptAnswer(page, stage.site, person);
    await page.goto(`${stage.site}/api/auth/callback/auth0?error=access_denied&state=made-up`);
    await page.goto(answer.href);
    expect(await linkedProviders(page, stage.site)).toEqual(['Auth0', 'Google']);
  });

  it.each([
    { what: 'one that is good', seconds: 600, secret: sessionSecret, providers: ['Auth0', 'Google'] },
    { what: 'one that is ten minutes old', seconds: -1, secret: sessionSecret, providers: ['Google'] },
    { what: 'one made with another secret', seconds: 600, secret: 'x'.repeat(40), providers: ['Auth0'] },
  ])('follows the intent in its cookie: $what', async ({ seconds, secret, providers }) => {
    const { page, person, token } = await newLinkingPerson(stage);
    await goToLink(page, stage.site, 'Auth0');
    const answer = await interceptAnswer(page, stage.site, person);
    const state = digest(answer.searchParams.get('state') ?? '');
    const intent = { provider: 'auth0', state, session: digest(token), expiresAt: Date.now() + seconds * 1_000 };
    await plantIntent(page, stage.site, await encode({ token: intent, secret, salt: INTENT_COOKIE }));
    await page.goto(answer.href);
    expect(await linkedProviders(page, stage.site)).toEqual(providers);
  });
});
