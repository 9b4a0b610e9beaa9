import type { ErrorCode } from '../../src/social-auth';
import type { ApiRequest } from '../support/api-client';
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

/** A request that must be refused. */
export interface HostileRequest {
  title: string;
  /** What is sent to the sign-in route, or to the path that it names. */
  request: (forge: Forge) => (ApiRequest & { path?: string }) | Promise<ApiRequest & { path?: string }>;
  refused: Refusal;
}

/** The usual answer. */
export const INVALID = '401 provider_token_invalid' satisfies Refusal;
