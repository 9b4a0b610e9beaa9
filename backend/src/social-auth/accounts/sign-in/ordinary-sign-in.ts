import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { PREPARED_STATEMENTS } from '../../database/prepared-statements';
import { SocialAuthDatabase, type Statement } from '../../database/social-auth.database';
import { StatementFailedError } from '../../database/statement-failed.error';
import { SecurityLog } from '../../security-log/security-log';
import { TokenIssuer, type TokenRequest } from '../../tokens/token-issuer';
import { insertionValues } from '../../tokens/token-insertion';
import { TOKEN_RULES, type TokenRules } from '../../tokens/token-rules';
import type { VerifiedIdentity } from '../../verification/verified-credential';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import { AccountEntity } from '../account.entity';
import { firstProfile } from '../profile/profile-update';
import { ACCOUNT_COLUMNS, LOCK_ACCOUNT, SIGN_IN } from './ordinary-sign-in.statements';
import type { SignInResult } from './sign-in';

/** What a sign-in asks of a token; whose it is comes of the sign-in. */
export type SignInTokenRequest = Omit<TokenRequest, 'accountId' | 'identityId'>;

interface OrdinaryRow extends AccountEntity {
  identity_id: string;
  expires_at: Date;
  expires_in: number;
  logged_at: Date;
}

/**
 * The sign-in of somebody who has been here before and of whom nothing has changed, which is nearly every one: account,
 * identity, token and log in one round trip.
 */
@Injectable()
export class OrdinarySignIn {
  private readonly logger = new Logger(OrdinarySignIn.name);
  private readonly lock: Statement;
  private readonly insertion: Statement;

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly tokens: TokenIssuer,
    private readonly securityLog: SecurityLog,
    @Inject(TOKEN_RULES) private readonly tokenRules: TokenRules,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
    @Inject(PREPARED_STATEMENTS) prepared: boolean,
  ) {
    this.lock = { name: prepared ? 'social_auth_sign_in_lock' : undefined, text: LOCK_ACCOUNT };
    this.insertion = { name: prepared ? 'social_auth_sign_in' : undefined, text: SIGN_IN };
  }

  /**
   * Signs a person in, or does nothing and returns `undefined` where it takes more: a first sign-in, a changed profile, a
   * disabled account, an administrator to be, one token too many.
   *
   * @throws DatabaseUnavailableError
   */
  async signIn(identity: VerifiedIdentity, request: SignInTokenRequest): Promise<SignInResult | undefined> {
    if (this.isListedAdministrator(identity)) return undefined;
    const minted = this.tokens.mint();
    const eventId = uuidv7();
    const values = [...insertionValues(minted, request), ...this.conditionsOf(identity), eventId];
    const row = await this.write(identity, values);
    if (!row) return undefined;
    const { provider, client } = request;
    const event = { type: 'signed_in', accountId: row.id, tokenId: minted.id, provider, client } as const;
    this.securityLog.tell({ ...event, id: eventId, at: row.logged_at });
    const issued = { id: minted.id, token: minted.token, expiresAt: row.expires_at, expiresIn: row.expires_in };
    return { account: accountOf(row), issued, isNewAccount: false };
  }

  private async write({ issuer, subject }: VerifiedIdentity, values: unknown[]): Promise<OrdinaryRow | undefined> {
    try {
      const [, rows = []] = await this.database.pipeline([
        { ...this.lock, values: [issuer, subject] },
        { ...this.insertion, values },
      ]);
      return rows[0] as OrdinaryRow | undefined;
    } catch (error) {
      if (!(error instanceof StatementFailedError)) throw error;
      // Nothing has happened. Whoever is to be refused hears why even if a table is not there that only others need.
      this.logger.warn({ event: 'sign_in_statement_refused', code: error.code });
      return undefined;
    }
  }

  /** They may have to be given the role. */
  private isListedAdministrator({ provider, subject }: VerifiedIdentity): boolean {
    return this.rules.adminIdentities.some((listed) => listed.provider === provider && listed.subject === subject);
  }

  private conditionsOf(identity: VerifiedIdentity): unknown[] {
    const { email, emailVerified, emailAuthoritative, hostedDomain, name, picture } = firstProfile(identity);
    const { issuer, subject, machine = false } = identity;
    const hasAddress = identity.email !== undefined;
    const ofAddress = [hasAddress, email, emailVerified, emailAuthoritative];
    return [issuer, subject, ...ofAddress, hostedDomain, name, picture, machine, this.mostTokens()];
  }

  /** With this many living tokens there is no room without more ado; 0: there always is. */
  private mostTokens(): number {
    return this.tokenRules.limit.perAccount;
  }
}

const PROPERTIES = Object.keys(ACCOUNT_COLUMNS) as (keyof AccountEntity)[];

function copy<Property extends keyof AccountEntity>(name: Property, from: AccountEntity, to: AccountEntity): void {
  to[name] = from[name];
}

function accountOf(row: OrdinaryRow): AccountEntity {
  const account = new AccountEntity();
  for (const property of PROPERTIES) copy(property, row, account);
  return account;
}
