import { Injectable } from '@nestjs/common';
import { SocialAuthDatabase } from '../database/social-auth.database';

/** Ends tokens; the guard refuses them from then on. */
@Injectable()
export class TokenRevocation {
  constructor(private readonly database: SocialAuthDatabase) {}

  /** Ends one token; ending it again changes nothing. */
  async revoke(tokenId: string): Promise<void> {
    await this.database.query({
      text: 'update social_auth_token set revoked_at = now() where id = $1 and revoked_at is null',
      values: [tokenId],
    });
  }

  /** Ends every token of an account that lives. */
  async revokeAll(accountId: string): Promise<void> {
    await this.database.query({
      text: 'update social_auth_token set revoked_at = now() where account_id = $1 and revoked_at is null',
      values: [accountId],
    });
  }
}
