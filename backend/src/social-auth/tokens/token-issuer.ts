import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { TokenDigest } from './token-digest';
import { TokenFormat } from './token-format';

/** Injection token: lifetime of a token in seconds. */
export const TOKEN_TTL_SECONDS = 'SOCIAL_AUTH_TOKEN_TTL_SECONDS';

/** For whom and from where a token is issued. */
export interface TokenRequest {
  accountId: string;
  provider: string;
  clientAddress: string | undefined;
  userAgent: string | undefined;
}

/** The one object that ever holds the plain token. */
export interface IssuedToken {
  id: string;
  /** Shown once, kept nowhere. */
  token: string;
  expiresAt: Date;
  /** Seconds from now. */
  expiresIn: number;
}

const INSERT = `
  insert into social_auth_token (id, account_id, digest, key_id, provider, client_address, user_agent, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, now(), now() + make_interval(secs => $8))
  returning expires_at`;

/** Issues tokens; each call makes a new one. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly format: TokenFormat,
    private readonly digest: TokenDigest,
    @Inject(TOKEN_TTL_SECONDS) private readonly ttlSeconds: number,
  ) {}

  /** Issues a token in the transaction of `manager`; its lifetime counts on the database's clock. */
  async issue(manager: EntityManager, request: TokenRequest): Promise<IssuedToken> {
    const id = uuidv7();
    const token = this.format.generate();
    const { digest, keyId } = this.digest.forNew(token);
    const { accountId, provider, clientAddress, userAgent } = request;
    const values = [id, accountId, digest, keyId, provider, clientAddress, userAgent, this.ttlSeconds];
    const [row] = await manager.query<{ expires_at: Date }[]>(INSERT, values);
    if (!row) throw new Error('the insert returned no row');
    return { id, token, expiresAt: row.expires_at, expiresIn: this.ttlSeconds };
  }
}
