import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ascendingId } from '../database/ascending-id';
import type { EventClient } from '../security-log/security-event';
import type { TokenKind } from './principal';
import { TokenDigest } from './token-digest';
import { TokenFormat } from './token-format';
import { insertionOf, TOKEN_VALUES, tokenParameter, tokenValues, type MintedToken } from './token-insertion';
import { TokenLimit } from './token-limit';

/** For whom, from where and for how long a token is issued. */
export interface TokenRequest {
  accountId: string;
  kind: TokenKind;
  provider: string;
  client: EventClient;
  /** Its absolute end: seconds from now, or the moment at which the token before it ends. */
  end: { ttlSeconds: number } | { expiresAt: Date };
  idleSeconds?: number;
  identityId?: string;
  clientId?: string;
  platform?: string;
  /** When the provider proved who the person is; left out, the token is never fresh. */
  authenticatedAt?: Date;
  name?: string;
  /** What it reaches; left out, everything that its account may do. */
  scopes?: readonly string[];
  /** The first token of its chain of rotations, in which it takes the place of another; left out, it begins one. */
  familyId?: string;
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

const VALUES = Object.keys(TOKEN_VALUES).length;
const INSERT = insertionOf(tokenParameter, { account: `$${VALUES + 1}::uuid`, identity: `$${VALUES + 2}::uuid` });

/** Issues tokens; each call makes a new one. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly format: TokenFormat,
    private readonly digest: TokenDigest,
    private readonly limit: TokenLimit,
  ) {}

  /**
   * Issues a token in the transaction of `manager`, which holds the account's lock or has made the account; its
   * lifetime counts on the database's clock. A token that begins a chain keeps to the limit of the account.
   *
   * @throws ConflictError `token_limit_reached`
   */
  async issue(manager: EntityManager, request: TokenRequest): Promise<IssuedToken> {
    if (request.familyId === undefined) await this.limit.makeRoom(manager, request);
    const minted = this.mint();
    const [row] = await manager.query<{ expires_at: Date; expires_in: number }[]>(INSERT, [
      ...Object.values(tokenValues(minted, request)),
      request.accountId,
      request.identityId,
    ]);
    if (!row) throw new Error('the insert returned no row');
    return { id: minted.id, token: minted.token, expiresAt: row.expires_at, expiresIn: row.expires_in };
  }

  /** A token that nobody has yet; whoever has it made writes it down. */
  mint(): MintedToken {
    const token = this.format.generate();
    return { id: ascendingId(), token, ...this.digest.forNew(token) };
  }
}
