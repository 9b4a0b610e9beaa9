import type { IdentityKey } from '../accounts/sign-in/identity-lock';
import type { ProvenIdentity } from '../accounts/sign-in/sign-in.transaction';
import type { ProviderDefinition } from './provider-definition';

/** A mounted provider, and the issuer under which its identities are stored. */
interface Mounted {
  definition: ProviderDefinition;
  issuer: string;
}

const keyOf = ({ issuer }: Mounted, subject: string | undefined): IdentityKey[] =>
  subject === undefined ? [] : [{ issuer, subject }];

/** Finds the keys by which other mounted providers know the person behind an identity, in whichever direction. */
export function counterpartLookup(
  definitions: readonly ProviderDefinition[],
  settings: Readonly<Record<string, object | undefined>>,
): (identity: ProvenIdentity) => readonly IdentityKey[] {
  const mounted = definitions.flatMap((definition): Mounted[] => {
    const issuer = definition.describe?.(settings[definition.name] ?? {}).issuers[0];
    return issuer === undefined ? [] : [{ definition, issuer }];
  });
  return ({ provider, subject }) => {
    const own = mounted.find(({ definition }) => definition.name === provider)?.definition.samePersonAs;
    return mounted.flatMap((other) => {
      if (own?.provider === other.definition.name) return keyOf(other, own.toOther(subject));
      const its = other.definition.samePersonAs;
      return its?.provider === provider ? keyOf(other, its.toOwn(subject)) : [];
    });
  };
}
