import type { PrincipalAccount, PrincipalToken } from './principal';

/** What {@link KeptAccount} is made of; `createdAt` in milliseconds since the Unix epoch. */
type AccountFields = Omit<PrincipalAccount, 'createdAt'> & { createdAt: number };

/** What {@link KeptToken} is made of; moments in milliseconds since the Unix epoch. */
type TokenFields = Omit<PrincipalToken, 'createdAt' | 'expiresAt' | 'authenticatedAt'> & {
  createdAt: number;
  expiresAt: number;
  authenticatedAt: number | undefined;
};

/**
 * An account as requests share it, and as the cache keeps it by the hundred thousand. Its moments are numbers, of which
 * each reading makes a date: a date takes seven times the room, and who changed one would change it for every request.
 */
export class KeptAccount implements PrincipalAccount {
  readonly id: string;
  readonly kind: PrincipalAccount['kind'];
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
  readonly picture: string | null;
  readonly provider: string;
  readonly roles: readonly string[];
  readonly #createdAt: number;

  constructor(fields: AccountFields) {
    this.id = fields.id;
    this.kind = fields.kind;
    this.email = fields.email;
    this.emailVerified = fields.emailVerified;
    this.name = fields.name;
    this.picture = fields.picture;
    this.provider = fields.provider;
    this.roles = fields.roles;
    this.#createdAt = fields.createdAt;
    Object.freeze(this);
  }

  get createdAt(): Date {
    return new Date(this.#createdAt);
  }

  /** With its moments, which are no properties of its own. */
  toJSON(): PrincipalAccount {
    return { ...this, createdAt: this.createdAt };
  }
}

/** A token likewise. */
export class KeptToken implements PrincipalToken {
  readonly id: string;
  readonly kind: PrincipalToken['kind'];
  readonly provider: string;
  readonly scopes: readonly string[] | undefined;
  readonly isSuperseded: boolean;
  readonly #createdAt: number;
  readonly #expiresAt: number;
  readonly #authenticatedAt: number | undefined;

  constructor(fields: TokenFields) {
    this.id = fields.id;
    this.kind = fields.kind;
    this.provider = fields.provider;
    this.scopes = fields.scopes;
    this.isSuperseded = fields.isSuperseded;
    this.#createdAt = fields.createdAt;
    this.#expiresAt = fields.expiresAt;
    this.#authenticatedAt = fields.authenticatedAt;
    Object.freeze(this);
  }

  get createdAt(): Date {
    return new Date(this.#createdAt);
  }

  get expiresAt(): Date {
    return new Date(this.#expiresAt);
  }

  get authenticatedAt(): Date | undefined {
    return this.#authenticatedAt === undefined ? undefined : new Date(this.#authenticatedAt);
  }

  /** With its moments, which are no properties of its own. */
  toJSON(): PrincipalToken {
    const { createdAt, expiresAt, authenticatedAt } = this;
    return { ...this, createdAt, expiresAt, authenticatedAt };
  }
}
