import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { LOOK_UP } from '../../src/social-auth/tokens/looked-up-token';
import type { GrownDatabase } from './grown-database';
import { anyLivingToken } from './population';

/** The key by which tokens are found, and that of the releases before. */
export type TokenKey = 'narrow' | 'former';

const INDEX: Record<TokenKey, string> = { narrow: 'social_auth_token_digest_hash', former: 'growth_former_key' };
const OTHER: Record<TokenKey, TokenKey> = { narrow: 'former', former: 'narrow' };

const GRACE_SECONDS = 30;

/** Looks tokens up one at a time, by the statement of the module. */
export class TokenReader {
  private constructor(
    private readonly client: Client,
    private readonly tokens: number,
  ) {}

  static async connect({ url, tokens }: GrownDatabase): Promise<TokenReader> {
    const client = new Client({ connectionString: url });
    await client.connect();
    return new TokenReader(client, tokens);
  }

  /** Makes the former key beside the narrow one. */
  async addFormerKey(): Promise<void> {
    await this.client.query(`set maintenance_work_mem = '512MB'`);
    await this.client.query(`create unique index if not exists ${INDEX.former} on social_auth_token (digest)`);
  }

  async dropFormerKey(): Promise<void> {
    await this.client.query(`drop index ${INDEX.former}`);
  }

  /** Does something while there is but one of the keys; the other is only ever gone within a transaction. */
  async withKey<Result>(key: TokenKey, work: () => Promise<Result>): Promise<Result> {
    await this.client.query('begin');
    try {
      await this.client.query(`drop index ${INDEX[OTHER[key]]}`);
      return await work();
    } finally {
      await this.client.query('rollback');
    }
  }

  /** Looks up any token that lives. */
  async readAny(): Promise<void> {
    const number = anyLivingToken(this.tokens);
    const digest = createHash('sha256').update(String(number)).digest();
    const statement = { name: 'social_auth_token_lookup', text: LOOK_UP, values: [[digest], GRACE_SECONDS] };
    const { rowCount } = await this.client.query(statement);
    if (rowCount !== 1) throw new Error(`Token ${number} was not found.`);
  }

  end(): Promise<void> {
    return this.client.end();
  }
}
