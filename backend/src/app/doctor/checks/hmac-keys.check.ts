import type { Client } from 'pg';
import { askDatabase } from '../database-session';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { fail, ok, warn, type Finding } from '../finding';

const SUBJECT = 'token keys';

/** Tokens that live under one key. */
export interface TokensOfKey {
  keyId: string;
  count: number;
}

/** How many keys there are, and whether tokens live under one that is gone. */
export class HmacKeysCheck implements DoctorCheck {
  inspections({ settings: { tokens, database } }: Patient): Inspection[] {
    const keyIds = tokens.hmacKeys.map(({ id }) => id);
    const mend = 'Let the database answer first: the tokens of each key are counted there.';
    const look = async (): Promise<Finding[]> => {
      const tokensOfKeys = keyIds.length === 0 ? [] : await askDatabase(database.url, liveTokens);
      return [keysFinding(keyIds, tokensOfKeys)];
    };
    return [{ subject: SUBJECT, mend, look }];
  }
}

async function liveTokens(client: Client): Promise<TokensOfKey[]> {
  const table = await client.query<{ found: string | null }>(`select to_regclass('social_auth_token')::text as found`);
  if (table.rows[0]?.found == null) return [];
  const { rows } = await client.query<TokensOfKey>(`
    select key_id as "keyId", count(*)::int as count from social_auth_token
     where revoked_at is null and expires_at > now() group by key_id order by key_id`);
  return rows;
}

/** What the keys mean for the tokens that live. */
export function keysFinding(keyIds: readonly string[], tokens: readonly TokensOfKey[]): Finding {
  const keys = `${keyIds.length} ${keyIds.length === 1 ? 'key' : 'keys'} (${keyIds.join(', ')})`;
  if (keyIds.length === 0) return fail(SUBJECT, 'none', 'Set TOKEN_HMAC_KEYS to k1: and openssl rand -base64 32.');
  const lost = tokens.filter(({ keyId }) => !keyIds.includes(keyId));
  const sum = (those: readonly TokensOfKey[]): number => those.reduce((all, { count }) => all + count, 0);
  if (lost.length === 0) return ok(SUBJECT, `${keys}; live tokens: ${sum(tokens)}`);
  const names = lost.map(({ keyId }) => keyId).join(', ');
  return warn(
    SUBJECT,
    `${keys}; ${sum(lost)} of ${sum(tokens)} live tokens are under keys that are not configured (${names})`,
    'Put those keys back behind the first in TOKEN_HMAC_KEYS, or let the people sign in again.',
  );
}
