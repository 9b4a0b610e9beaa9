const words = {
  signed_in: 'Signed in',
  account_created: 'Account made',
  sign_in_refused: 'A sign-in was refused',
  token_issued: 'A key for a program was made',
  token_rotated: 'A session was renewed',
  token_revoked: 'A session was ended',
  token_evicted: 'Sessions were ended, because there were too many',
  token_reuse_detected: 'Something old was used again, as a thief would: what came from it was ended',
  token_leaked: 'A session or key was found where others could see it, and ended',
  all_tokens_revoked: 'Several sessions were ended at once',
  identity_linked: 'A way to sign in was linked',
  identity_unlinked: 'A way to sign in was unlinked',
  account_disabled: 'The account was disabled',
  account_enabled: 'The account was enabled again',
  account_deleted: 'The account was deleted',
  email_released: 'The e-mail address was set free for another account',
  roles_changed: 'What the account may do was changed',
  data_exported: 'A copy of the account’s data was fetched',
} satisfies Record<string, string>;

/** The types of the backend's security log that have words here. */
export const knownEventTypes: ReadonlySet<string> = new Set(Object.keys(words));

/** What happened, in plain words; a type that nobody knows gets words too. */
export function eventText(type: string): string {
  return Object.hasOwn(words, type) ? words[type as keyof typeof words] : 'Something else happened';
}
