import { createHash } from 'node:crypto';

/** How many living tokens an account has, on its devices. */
export const TOKENS_PER_ACCOUNT = 4;

/** One token in so many ended long ago, and the purge is due. */
export const ONE_ENDED_IN = 10;

export const ISSUER = 'https://accounts.google.com';

const PICTURES = 'https://lh3.googleusercontent.com/a/';

/** How tokens are spread. */
export interface Shape {
  tokensPerAccount: number;
  /** One in so many ended long ago; 0: none. */
  oneEndedIn: number;
}

/** SQL: an id as UUIDv7 make it: it begins with the time, here a millisecond for each. */
export const idOf = (number: string): string => `
  (lpad(to_hex(1763740800000 + ${number}), 12, '0') || '7' || substr(md5((${number})::text), 1, 3)
    || '8' || substr(md5((${number})::text), 4, 15))::uuid`;

const ACCOUNTS = `
  insert into social_auth_account (id, email, email_verified, name, picture, provider, created_at)
  select ${idOf('n')}, 'person' || n || '@example.com', true, 'Person ' || n,
         '${PICTURES}' || md5(n::text), 'google',
         now() - interval '200 days' + n * interval '1 second'
    from generate_series(1, $accounts) n`;

const IDENTITIES = `
  insert into social_auth_identity (id, account_id, provider, issuer, subject, email, email_verified,
                                    email_authoritative, name, picture, is_primary)
  select id, id, provider, '${ISSUER}', '1' || substr(email, 7, position('@' in email) - 7), email, true, true, name,
         picture, true
    from social_auth_account`;

/** Neighbours in the table are tokens of different accounts, and neither is near in any index but that of the ids. */
const TOKENS = `
  insert into social_auth_token (id, account_id, identity_id, digest, key_id, provider, client_id, platform,
                                 client_address, user_agent, created_at, expires_at, authenticated_at, last_used_at)
  select ${idOf('n')}, account, account, sha256(n::text::bytea), 'bench', 'google',
         '407408718192.apps.googleusercontent.com', 'web', '203.0.113.7',
         'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
         now() - interval '90 days',
         case when n <= $ended then now() - interval '60 days' else now() + interval '30 days' end,
         now() - interval '90 days', now() - interval '1 minute'
    from generate_series(1, $tokens) n join lateral (select ${idOf('1 + n % $accounts')} as account) whose on true`;

/** The statements that fill the tables; triggers and indexes are the caller's concern. */
export const populationOf = (
  tokens: number,
  { tokensPerAccount, oneEndedIn }: Shape = { tokensPerAccount: TOKENS_PER_ACCOUNT, oneEndedIn: ONE_ENDED_IN },
): string[] => {
  const values = {
    $tokens: tokens,
    $accounts: tokens / tokensPerAccount,
    $ended: oneEndedIn === 0 ? 0 : Math.floor(tokens / oneEndedIn),
  };
  return [ACCOUNTS, IDENTITIES, TOKENS].map((text) =>
    Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(name, String(value)), text),
  );
};

/** The number of a token that lives. */
export const anyLivingToken = (tokens: number): number => anyFrom(Math.floor(tokens / ONE_ENDED_IN) + 1, tokens);

/** The subject of somebody who has an account. */
export const anySubject = (tokens: number): string => `1${anyFrom(1, tokens / TOKENS_PER_ACCOUNT)}`;

/** The picture of the account with this number. */
export const pictureOf = (number: string): string => PICTURES + createHash('md5').update(number).digest('hex');

const anyFrom = (least: number, greatest: number): number => least + Math.floor(Math.random() * (greatest - least + 1));
