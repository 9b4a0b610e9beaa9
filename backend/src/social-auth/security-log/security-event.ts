/** What the security log knows of; a host hears of each as the Nest event `social-auth.<type>`. */
export const SECURITY_EVENT_TYPES = [
  'signed_in',
  'account_created',
  'sign_in_refused',
  'token_issued',
  'token_rotated',
  'token_revoked',
  'token_evicted',
  'token_reuse_detected',
  'token_leaked',
  'all_tokens_revoked',
  'identity_linked',
  'identity_unlinked',
  'account_disabled',
  'account_enabled',
  'account_deleted',
  'email_released',
  'roles_changed',
  'data_exported',
] as const;

/** One of {@link SECURITY_EVENT_TYPES}. */
export type SecurityEventType = (typeof SECURITY_EVENT_TYPES)[number];

/** Where a request came from, as far as an event keeps it. */
export interface EventClient {
  /** Address of the person's device, as far as it can be believed. */
  address: string | undefined;
  /** At most 512 characters. */
  userAgent: string | undefined;
}

/** Who asked for something, and from where; of what the system does by itself, nothing is known. */
export interface EventContext {
  client?: EventClient;
  /** The administrator's account, where it was not the owner. */
  actorId?: string;
}

/** Something that happened, as it is recorded. */
export interface NewSecurityEvent extends EventContext {
  type: SecurityEventType;
  /** Whose log it stands in; absent where nobody is known. */
  accountId?: string;
  tokenId?: string;
  provider?: string;
  /** Flat, small, and nothing secret: the owner of the account reads it. */
  details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** Something that happened, as it stands in the log. */
export interface SecurityEvent extends NewSecurityEvent {
  /** UUIDv7: events sort by it. */
  id: string;
  at: Date;
}
