import type { DemoIssuer } from '../../dev/demo-identity-provider';
import { callApi } from '../support/api-client';
import { describeInBrowser } from './support/describe-in-browser';
import { signIn } from './support/sign-in.steps';

const clientsOf = ({ clientId, mobileClientId, tvClientId }: DemoIssuer): string =>
  `${clientId},${mobileClientId};platform=android,${tvClientId};platform=tv`;

describeInBrowser(
  'the page of sessions',
  { variables: ({ google }) => ({ GOOGLE_CLIENT_ID: clientsOf(google) }) },
  (stage) => {
    it('says in words on what each session is, whatever a client calls itself', async () => {
      const { google } = stage.product.identityProvider;
      for (const clientId of [google.mobileClientId, google.tvClientId]) {
        const { idToken } = await google.issue('ada', { clientId });
        const headers = { 'user-agent': 'Mozilla/5.0 (Linux; Android 12) Chrome/120.0 Safari/537.36' };
        const { status } = await callApi(`${stage.product.addresses.backend}/auth/google`, {
          json: { id_token: idToken },
          headers,
        });
        expect(status).toBe(200);
      }
      const page = await stage.newPage({ javaScriptEnabled: false });
      await signIn(page, stage.site, { provider: 'Google', person: google.person('ada').name });
      await page.goto(`${stage.site}/account/sessions`);
      const titles = await page.locator('.entry-title').allTextContents();
      expect(titles.map((title) => title.trim())).toEqual([
        'Chrome on Linux this browser',
        'Television',
        'App on Android',
      ]);
    }, 60_000);
  },
);
