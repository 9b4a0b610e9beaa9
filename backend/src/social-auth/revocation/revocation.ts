/** What was ended or narrowed: a token, an account with all of its tokens, or anything, where it is not known what. */
export type Revocation =
  { kind: 'token'; tokenId: string } | { kind: 'account'; accountId: string } | { kind: 'everything' };
