import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { TokenDigest } from '../../tokens/token-digest';
import type { VerifiedCredential } from '../../verification/verified-credential';
import { ACCOUNT_POLICY, type AccountPolicy } from '../account-policy';
import type { IdentityKey } from './identity-lock';

/** The longest that a provider token is accepted after its issue (Auth0's access tokens), with the skew of both ends. */
const LIFE_SECONDS = 86_400 + 2 * 60;

// By the wall clock, not by now(), at which the transaction began: it may have waited for a sign-in since.
const LAY = `
  insert into social_auth_tombstone (digest, deleted_at, expires_at)
  select digest, clock_timestamp(), now() + make_interval(secs => $2) from unnest($1::bytea[]) digest
      on conflict (digest) do update set deleted_at = excluded.deleted_at, expires_at = excluded.expires_at`;

const IS_OLDER = `
  select 1 from social_auth_tombstone
   where digest = any($1::bytea[]) and expires_at > now() and deleted_at >= $2`;

/** Told apart from every other text of which a digest is kept; without a name or an address in plain. */
const textOf = ({ issuer, subject }: IdentityKey): string => `tombstone:${JSON.stringify([issuer, subject])}`;

const textOfUnlinked = ({ issuer, subject }: IdentityKey): string => `unlinked:${JSON.stringify([issuer, subject])}`;

/**
 * Remembers, without saying whom, that the account of a person was deleted: a provider token from before, which may
 * have been stolen, makes no new one. Likewise that an identity was unlinked, for tokens that nobody posts on purpose.
 */
@Injectable()
export class Tombstones {
  constructor(
    private readonly digest: TokenDigest,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /** Marks identities as deleted now, in the transaction in which they are. */
  async lay(manager: EntityManager, people: readonly IdentityKey[]): Promise<void> {
    await this.write(manager, people.map(textOf));
  }

  /** Marks an identity as unlinked now, in the transaction in which it is. */
  async layUnlinked(manager: EntityManager, identity: IdentityKey): Promise<void> {
    await this.write(manager, [textOfUnlinked(identity)]);
  }

  /**
   * Refuses a credential that was issued up to the moment at which the account of its identity was deleted, or that of
   * the same person at another provider: what it made would be theirs when they come back. Providers tell whole seconds:
   * one issued later within that second is refused as well.
   *
   * @throws ProviderTokenRefusedError
   */
  async refuseOlder(manager: EntityManager, { identity, issuedAt }: VerifiedCredential): Promise<void> {
    const people = [identity, ...this.policy.counterpartsOf(identity)];
    const digests = people.flatMap((person) => this.digest.candidates(textOf(person)));
    if (!(await this.isOlder(manager, digests, issuedAt))) return;
    throw new ProviderTokenRefusedError('provider_token_too_old', 'issued before the account was deleted');
  }

  /**
   * Refuses a bearer token that was issued up to the moment at which its identity was unlinked: an application that goes
   * on sending it would make an empty account, which would hold the identity.
   *
   * @throws ProviderTokenRefusedError
   */
  async refuseUnlinked(manager: EntityManager, { identity, issuedAt }: VerifiedCredential): Promise<void> {
    if (!(await this.isOlder(manager, this.digest.candidates(textOfUnlinked(identity)), issuedAt))) return;
    throw new ProviderTokenRefusedError('provider_token_too_old', 'issued before the identity was unlinked');
  }

  private async write(manager: EntityManager, texts: readonly string[]): Promise<void> {
    const digests = texts.map((text) => this.digest.forNew(text).digest);
    await manager.query(LAY, [digests, LIFE_SECONDS]);
  }

  private async isOlder(manager: EntityManager, digests: readonly Buffer[], issuedAt: Date): Promise<boolean> {
    return (await manager.query<object[]>(IS_OLDER, [digests, issuedAt])).length > 0;
  }
}
