import { Inject, Injectable } from '@nestjs/common';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { InvalidRequestError, InvalidScopeError, TokenEndedError } from '../errors/social-auth.error';
import type { EventClient } from '../security-log/security-event';
import { SecurityLog } from '../security-log/security-log';
import { lockLivingAccount } from './living-token';
import { grantPersonal, type PersonalGrant, type PersonalTokenWish } from './personal-grant';
import type { Principal } from './principal';
import { TokenIssuer, type IssuedToken } from './token-issuer';
import { TOKEN_RULES, type TokenRules } from './token-rules';

/** A personal token that is to be made. */
export interface NewPersonalToken extends PersonalTokenWish {
  /** For its owner; checked by the caller. */
  name: string;
}

/** A personal token that was made. */
export interface IssuedPersonalToken extends IssuedToken {
  name: string;
  scopes: readonly string[];
}

/** Makes tokens that people give to programs. */
@Injectable()
export class PersonalTokens {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly issuer: TokenIssuer,
    private readonly securityLog: SecurityLog,
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
  ) {}

  /**
   * Makes a personal token, which never grants more than the sign-in token of the request.
   *
   * @throws InvalidScopeError if a scope is not offered, or not the creating token's own.
   * @throws InvalidRequestError if it is to live for too long.
   * @throws ConflictError `token_limit_reached`
   * @throws TokenEndedError if the creating token has ended meanwhile.
   * @throws DatabaseUnavailableError
   */
  async create(principal: Principal, wish: NewPersonalToken, client: EventClient): Promise<IssuedPersonalToken> {
    const { scopes, ttlSeconds } = grantOrRefusal(grantPersonal(wish, principal.token, this.rules.personal));
    const { name } = wish;
    const { provider } = principal.token;
    const accountId = principal.account.id;
    return this.database.transaction(async (manager) => {
      const creator = await lockLivingAccount(manager, principal);
      if (creator.kind !== 'sign_in') throw new TokenEndedError();
      const issued = await this.issuer.issue(manager, {
        accountId,
        kind: 'personal',
        name,
        scopes,
        provider,
        // When it is unlinked, the personal token ends too.
        identityId: creator.identity_id ?? undefined,
        client,
        end: { ttlSeconds },
        idleSeconds: this.rules.personal.idleSeconds,
      });
      const event = { accountId, tokenId: issued.id, provider, client, details: { name, scopes } };
      await this.securityLog.record(manager, { type: 'token_issued', ...event });
      return { ...issued, name, scopes };
    });
  }
}

function grantOrRefusal(grant: PersonalGrant): Extract<PersonalGrant, { kind: 'granted' }> {
  switch (grant.kind) {
    case 'granted':
      return grant;
    case 'scopes_refused':
      throw new InvalidScopeError();
    case 'lifetime_refused':
      throw new InvalidRequestError(
        `expires_in: expected a whole number of seconds from 1 to ${grant.maximumSeconds}.`,
      );
  }
}
