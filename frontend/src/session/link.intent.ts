import { createHash } from 'node:crypto';
import { textOf, type Fields } from '../api/answer.fields';

/** How long a person may take at the provider, in milliseconds. */
export const LINK_INTENT_MS = 600_000;

/**
 * That the answer to one authorization request shall link an identity and not sign in: kept in a cookie while the person
 * is at the provider.
 */
export interface LinkIntent {
  provider: string;
  /** Digest of the `state` of that request: whatever else comes back from a provider is not meant. */
  state: string;
  /** Digest of the API token of the session that asked for it. */
  session: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** What came back from a provider, and to whom. */
export interface ProviderAnswer {
  provider: string;
  state: string | null;
  /** The API token of the session of this browser. */
  token: string | undefined;
}

/** What is to be done with the answer of a provider; `nothing` is a link that must not be made any more. */
export type AnswerPurpose = 'sign_in' | 'link' | 'nothing';

/** The intent of a session to link what comes back with this `state`. */
export function newLinkIntent(provider: string, state: string, token: string, now: number): LinkIntent {
  return { provider, state: digest(state), session: digest(token), expiresAt: now + LINK_INTENT_MS };
}

/**
 * Decides what an answer is for. One that was asked for to link never signs in, however late and into whichever session
 * it comes: it would make an account of its own for an identity that was to be linked. One that was asked for to sign in
 * never links, whatever intent lies around.
 */
export function purposeOf(intent: LinkIntent | undefined, answer: ProviderAnswer, now: number): AnswerPurpose {
  if (!intent || !answer.state || intent.state !== digest(answer.state)) return 'sign_in';
  const isMeant = intent.provider === answer.provider && now < intent.expiresAt;
  return isMeant && answer.token !== undefined && intent.session === digest(answer.token) ? 'link' : 'nothing';
}

/** The intent in a cookie that was opened, or undefined where there is none. */
export function readLinkIntent(fields: Fields | undefined): LinkIntent | undefined {
  const provider = textOf(fields?.provider);
  const state = textOf(fields?.state);
  const session = textOf(fields?.session);
  const expiresAt = fields?.expiresAt;
  if (!provider || !state || !session || typeof expiresAt !== 'number') return undefined;
  return { provider, state, session, expiresAt };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
