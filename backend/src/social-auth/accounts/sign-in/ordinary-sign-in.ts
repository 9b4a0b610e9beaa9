import { Inject, Injectable, Logger } from '@nestjs/common';
import { ascendingId } from '../../database/ascending-id';
import { PREPARED_STATEMENTS } from '../../database/prepared-statements';
import { SocialAuthDatabase, type Statement } from '../../database/social-auth.database';
import { StatementBatches, type BatchLimits } from '../../database/statement-batches';
import { StatementFailedError } from '../../database/statement-failed.error';
import { SecurityLog } from '../../security-log/security-log';
import { TokenIssuer, type TokenRequest } from '../../tokens/token-issuer';
import { tokenValues } from '../../tokens/token-insertion';
import { TOKEN_RULES, type TokenRules } from '../../tokens/token-rules';
import type { VerifiedIdentity } from '../../verification/verified-credential';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import { AccountEntity } from '../account.entity';
import { firstProfile } from '../profile/profile-update';
import { ACCOUNT_COLUMNS, LOCK, SIGN_IN, type PersonValues } from './ordinary-sign-in.statements';
import type { SignInResult } from './sign-in';
import { SignInFigures } from './sign-in-figures';

/** What a sign-in asks of a token; whose it is comes of the sign-in. */
export type SignInTokenRequest = Omit<TokenRequest, 'accountId' | 'identityId'>;

/** A sign-in as the statements take it, in JSON. */
interface OrdinaryRequest {
  person: string;
  token: string;
}

interface OrdinaryRow extends AccountEntity {
  token_id: string;
  expires_at: Date;
  expires_in: number;
  logged_at: Date;
}

/** In JSON, what may be a NUL, half of a character or a year past 9999: PostgreSQL refuses them, and all others with them. */
const NOT_STORABLE = /\\u(?:0000|d[89a-f])|"[+-]\d{6}-/;

/** They suit a pool of ten connections. */
const LIMITS: BatchLimits = { questions: 32, abreast: 4, underWay: 4, waiting: 10_000, patienceMs: 1_000, slowMs: 25 };

/**
 * The sign-in of somebody who has been here before and of whom nothing has changed, which is nearly every one: account,
 * identity, token and log in one round trip, together with others that come at that moment. They share the commit, and
 * nothing else: whoever of them is out of the ordinary is left out, and nobody is waited for.
 */
@Injectable()
export class OrdinarySignIn {
  private readonly logger = new Logger(OrdinarySignIn.name);
  private readonly lock: Statement;
  private readonly insertion: Statement;
  private readonly batches: StatementBatches<OrdinaryRequest, OrdinaryRow>;

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly tokens: TokenIssuer,
    private readonly securityLog: SecurityLog,
    figures: SignInFigures,
    @Inject(TOKEN_RULES) private readonly tokenRules: TokenRules,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
    @Inject(PREPARED_STATEMENTS) prepared: boolean,
  ) {
    this.lock = { name: prepared ? 'social_auth_sign_in_lock' : undefined, text: LOCK };
    this.insertion = { name: prepared ? 'social_auth_sign_in' : undefined, text: SIGN_IN };
    this.batches = new StatementBatches((requests) => this.write(requests), figures, LIMITS);
  }

  /**
   * Signs a person in, or does nothing and returns `undefined` where it takes more: a first sign-in, a changed profile, a
   * disabled account or one that somebody has locked, an administrator to be, one token too many, a text that is none.
   *
   * @throws DatabaseUnavailableError also where too many are waiting, or this one for too long.
   */
  async signIn(identity: VerifiedIdentity, request: SignInTokenRequest): Promise<SignInResult | undefined> {
    if (this.isListedAdministrator(identity)) return undefined;
    const minted = this.tokens.mint();
    const eventId = ascendingId();
    const person = JSON.stringify(personValues(identity, eventId));
    const token = JSON.stringify(tokenValues(minted, request));
    if (NOT_STORABLE.test(person) || NOT_STORABLE.test(token)) return undefined;
    const row = await this.batches.ask(minted.id, { person, token });
    if (!row) return undefined;
    const { provider, client } = request;
    const event = { type: 'signed_in', accountId: row.id, tokenId: minted.id, provider, client } as const;
    this.securityLog.tell({ ...event, id: eventId, at: row.logged_at });
    const issued = { id: minted.id, token: minted.token, expiresAt: row.expires_at, expiresIn: row.expires_in };
    return { account: accountOf(row), issued, isNewAccount: false };
  }

  /** What was written, by the ids of the tokens. */
  private async write(requests: readonly OrdinaryRequest[]): Promise<Map<string, OrdinaryRow>> {
    const people = `[${requests.map(({ person }) => person).join()}]`;
    const tokens = `[${requests.map(({ token }) => token).join()}]`;
    try {
      const [, rows = []] = await this.database.pipeline([
        { ...this.lock, values: [people] },
        { ...this.insertion, values: [people, tokens, this.tokenRules.limit.perAccount] },
      ]);
      return new Map((rows as OrdinaryRow[]).map((row) => [row.token_id, row]));
    } catch (error) {
      if (!(error instanceof StatementFailedError)) throw error;
      // Nothing has happened. Each goes on alone, and whoever is to be refused hears why, whatever it was that failed here.
      this.logger.warn({ event: 'sign_in_statement_refused', code: error.code });
      return new Map();
    }
  }

  /** They may have to be given the role. */
  private isListedAdministrator({ provider, subject }: VerifiedIdentity): boolean {
    return this.rules.adminIdentities.some((listed) => listed.provider === provider && listed.subject === subject);
  }
}

function personValues(identity: VerifiedIdentity, eventId: string): PersonValues {
  const { email, emailVerified, emailAuthoritative, hostedDomain, name, picture } = firstProfile(identity);
  const { issuer, subject, machine = false } = identity;
  return {
    issuer,
    subject,
    has_address: identity.email !== undefined,
    email,
    email_verified: emailVerified,
    email_authoritative: emailAuthoritative,
    hosted_domain: hostedDomain,
    person: name,
    picture,
    is_machine: machine,
    event_id: eventId,
  };
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
