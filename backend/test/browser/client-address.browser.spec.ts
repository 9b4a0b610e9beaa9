import { describeInBrowser } from './support/describe-in-browser';
import { isSignedIn, signIn } from './support/sign-in.steps';

// One person may use a third of an address's limit, so each attempt is somebody else's.
const people = ['Ada Winter', 'Ben Okoro', 'Wanda Keller'];
const LIMIT = people.length - 1;

describeInBrowser('the limit of sign-ins, without a proxy', { signInsPerMinute: LIMIT }, (stage) => {
  it('H8 counts by the true address, whatever the visitor claims, and explains itself', async () => {
    for (const [attempt, person] of people.entries()) {
      const claimed = `203.0.113.${attempt}`;
      const extraHTTPHeaders = { 'X-Forwarded-For': claimed, 'X-Client-Address': claimed };
      const page = await stage.newPage({ extraHTTPHeaders });
      await signIn(page, stage.site, { provider: 'Google', person });
      expect(await isSignedIn(page, stage.site)).toBe(attempt < LIMIT);
      if (attempt === LIMIT) await page.getByRole('alert').getByText('Please wait a minute').waitFor();
    }
  });
});

describeInBrowser('the limit behind a proxy', { signInsPerMinute: LIMIT, trustedProxyHops: 1 }, (stage) => {
  it.each([
    { provider: 'Google', address: '203.0.113.1' },
    { provider: 'Auth0', address: '203.0.113.2' },
  ] as const)('D9 is that of $address alone', async ({ provider, address }) => {
    for (const [attempt, person] of people.entries()) {
      const page = await stage.newPage({ extraHTTPHeaders: { 'X-Forwarded-For': `198.51.100.7, ${address}` } });
      await signIn(page, stage.site, { provider, person });
      expect(await isSignedIn(page, stage.site)).toBe(attempt < LIMIT);
    }
  });
});
