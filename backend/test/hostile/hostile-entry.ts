import type { ErrorCode } from '../../src/social-auth';
import type { IssuerName } from '../support/test-app';
import type { Forge } from './forge';

/** With what an attack must be answered. */
export type Refusal = `${number} ${ErrorCode}`;

/** What a provider's endpoint calls a credential. */
export type CredentialField = 'id_token' | 'access_token' | 'auth_token';

/** A token that must be refused. */
export interface HostileToken {
  /** Begins with the number of the requirement. */
  title: string;
  token: (forge: Forge) => string | Promise<string>;
  refused: Refusal | Record<IssuerName, Refusal>;
  /** Default: both of `id_token` and `auth_token`, with the same verdict. */
  field?: CredentialField;
  /** Where alone it makes sense. Default: at both. */
  at?: IssuerName;
}

/** A token that looks much like a hostile one and must be accepted, so that the catalogue can fail. */
export interface BenignToken {
  title: string;
  token: (forge: Forge) => string | Promise<string>;
  field?: CredentialField;
  at?: IssuerName;
  /** What the account must look like: strange claims are accepted, but tamed. */
  account?: Record<string, unknown>;
}

/** A request, byte by byte. */
export interface RequestParts {
  /** Default: POST. */
  method?: string;
  /** Default: the sign-in route of the provider. */
  path?: string;
  /** Default: the content type of JSON. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** A request that must be refused. */
export interface HostileRequest {
  title: string;
  request: (forge: Forge) => RequestParts | Promise<RequestParts>;
  refused: Refusal | Record<IssuerName, Refusal>;
}

/** A request that looks much like a hostile one and must be let in. */
export interface BenignRequest {
  title: string;
  request: (forge: Forge) => RequestParts | Promise<RequestParts>;
}

/** The usual answer. */
export const INVALID = '401 provider_token_invalid' satisfies Refusal;
