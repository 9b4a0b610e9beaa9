import { randomBytes } from 'node:crypto';
import { signInHeadless, type DemoIssuer } from '../../dev/demo-identity-provider';

/** What a token endpoint answers. */
export interface TokenEndpointAnswer {
  id_token: string;
  access_token: string;
}

/** Signs a person in at an issuer as a browser and a confidential client would: code, PKCE, nonce, redirects, pages. */
export async function signInByCode(
  issuer: DemoIssuer,
  person: string,
  more: Record<string, string> = {},
): Promise<TokenEndpointAnswer> {
  const name = issuer.issuer.endsWith('/google') ? 'google' : 'auth0';
  const { tokens } = await signInHeadless(issuer, {
    choice: { person },
    redirectUri: `http://localhost:3000/api/auth/callback/${name}`,
    parameters: { nonce: randomBytes(16).toString('base64url'), ...more },
  });
  if (!tokens) throw new Error('The sign-in yielded no code.');
  return tokens;
}
