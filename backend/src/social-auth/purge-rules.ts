import type { PurgeRule } from './database/purge-rule';
import { tokenRulesOf } from './option-defaults';
import type { SocialAuthOptions } from './social-auth.options';

const DAY_SECONDS = 86_400;
/** Far longer than a process that reads the feed may be away from it. */
const REVOCATION_SECONDS = 3_600;

const expired = (table: string): PurgeRule => ({ table, since: 'expires_at', keptSeconds: 0 });

/** What is purged: all of it in one list. */
export function purgeRulesOf(options: SocialAuthOptions): PurgeRule[] {
  const logSeconds = options.securityLog?.retentionSeconds ?? 90 * DAY_SECONDS;
  return [
    {
      table: 'social_auth_token',
      // A token that was rotated is not revoked: it stays until its own end, for it may still be presented.
      since: 'coalesce(revoked_at, expires_at)',
      keptSeconds: tokenRulesOf(options).retentionSeconds,
    },
    { table: 'social_auth_event', since: 'at', keptSeconds: logSeconds },
    expired('social_auth_challenge'),
    expired('social_auth_used_credential'),
    expired('social_auth_link_ticket'),
    expired('social_auth_tombstone'),
    { table: 'social_auth_revocation', since: 'at', keptSeconds: REVOCATION_SECONDS, awaitsReaders: true },
  ];
}
