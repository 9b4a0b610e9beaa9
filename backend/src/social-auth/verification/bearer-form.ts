import type { KeySource } from './key-source';

/** How the access tokens of a provider are told from others, and with whose keys they are verified. */
export interface BearerForm {
  /** Accepted spellings of `iss`. */
  issuers: readonly string[];
  /** The source that the strategy verifies with: what it has verified is not kept for longer than its keys. */
  keySource: KeySource;
  /** Whether a string without dots is one of its tokens, so that it can be refused by name. Default: none is. */
  recognises?(token: string): boolean;
}
