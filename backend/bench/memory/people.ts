import { createHmac, hash } from 'node:crypto';
import { Client } from 'pg';
import { TokenFormat } from '../../src/social-auth/tokens/token-format';
import { idOf, populationOf } from '../growth/population';

/** As long as names, addresses and pictures of people are at Google, and no two alike. */
const BE_SOMEBODY = `
  with person as (
    select id, n, (array['Ada', 'Barbara', 'Chiara', 'Dmitri', 'Emmanuel', 'Friederike', 'Grace', 'Hiroshi', 'Ingrid',
                         'João', 'Katarzyna', 'Li', 'Maximilian', 'Ngozi', 'Oluwaseun', 'Priya'])[1 + n % 16] as given,
           (array['Lovelace', 'Liskov', 'García', 'Ivanov', 'Ng', 'Brandenburger', 'Hopper', 'Tanaka', 'Bergström',
                  'da Silva', 'Nowak', 'Wei', 'Vandenberghe', 'Okafor', 'Adeyemi', 'Ramanujan'])[1 + n / 16 % 16] as family
      from social_auth_account, lateral (select substring(email from '^person([0-9]+)@')::int as n) as numbered)
  update social_auth_account account
     set name = given || ' ' || family || ' ' || n,
         email = lower(translate(given || '.' || family, ' ãçíö', '_acio')) || n || '@gmail.com',
         picture = 'https://lh3.googleusercontent.com/a/ACg8oc' || translate(encode(sha256(n::text::bytea), 'base64'), '+/=', '-_')
                   || '=s96-c'
    from person where person.id = account.id`;

const BEAR_TOKENS = `
  update social_auth_token token set digest = made.digest, key_id = 'bench'
    from unnest($1::bytea[]) with ordinality as made (digest, n) where token.id = ${idOf('made.n')}`;

/** Fills an empty database of the module's schema with people, each with one living token, and yields the tokens. */
export async function settlePeople(url: string, people: number, key: Buffer): Promise<string[]> {
  const format = new TokenFormat('nte');
  const tokens = Array.from({ length: people }, () => format.generate());
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // No trigger and no foreign key is asked for any row.
    await client.query('set session_replication_role = replica');
    for (const text of populationOf(people, { tokensPerAccount: 1, oneEndedIn: 0 })) await client.query(text);
    await client.query(BE_SOMEBODY);
    await client.query(BEAR_TOKENS, [tokens.map((token) => digestOf(token, key))]);
    for (const table of ['social_auth_account', 'social_auth_token']) await client.query(`vacuum (analyze) ${table}`);
  } finally {
    await client.end();
  }
  return tokens;
}

const digestOf = (token: string, key: Buffer): Buffer =>
  createHmac('sha256', key)
    .update(hash('sha256', token, 'buffer'))
    .digest();
