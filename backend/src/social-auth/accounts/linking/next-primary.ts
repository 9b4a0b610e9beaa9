import type { IdentityEntity } from '../identity.entity';

/** The identity that takes the place of the primary one: the oldest with a verified address, or else the oldest. */
export function nextPrimary<Identity extends Pick<IdentityEntity, 'id' | 'emailVerified'>>(
  identities: readonly Identity[],
): Identity {
  // UUIDv7: in the order of their making.
  const [first] = [...identities].sort(
    (a, b) => Number(b.emailVerified) - Number(a.emailVerified) || (a.id < b.id ? -1 : 1),
  );
  if (!first) throw new Error('an account has at least one identity');
  return first;
}
