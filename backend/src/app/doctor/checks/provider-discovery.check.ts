import { discoveryAddressOf, fetchBounded, jsonObjectOf, type ProviderDescription } from '../../../social-auth';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { fail, ok, warn, type Finding } from '../finding';
import { keySources, variableOf } from './provider-keys.check';

/** What is configured of a provider, to compare. */
interface Expected {
  name: string;
  issuers: readonly string[];
  /** Those that are configured; none where the document itself says where the keys are. */
  keyAddresses: readonly string[];
}

/** Whether what each provider says of itself by OpenID Connect Discovery is what is configured. */
export class ProviderDiscoveryCheck implements DoctorCheck {
  inspections({ settings: { providers }, clock }: Patient): Inspection[] {
    return providers.definitions.flatMap((definition) => {
      const { name } = definition;
      const settings = providers.settings[name] ?? {};
      const { issuers = [], hasDiscovery }: Partial<ProviderDescription> = definition.describe?.(settings) ?? {};
      const issuer = issuers.find((one) => /^https?:/.test(one));
      if (issuer === undefined || hasDiscovery === false) return [];
      const look = async (): Promise<Finding[]> => {
        const addresses = keySources(definition, settings, clock).filter((source) => typeof source === 'string');
        return [await compare(issuer, { name, issuers, keyAddresses: addresses })];
      };
      return [{ subject: `${name} discovery`, mend: mendOf(name), look }];
    });
  }
}

const mendOf = (name: string): string =>
  `Open the way to the issuer, or set ${variableOf(name, 'ISSUER')} exactly as the provider spells it.`;

async function compare(issuer: string, expected: Expected): Promise<Finding> {
  const address = discoveryAddressOf(issuer);
  const answer = await fetchBounded(address);
  if (answer.status === 404) return ok(`${expected.name} discovery`, `${issuer} has no discovery document`);
  return discoveryFinding(jsonObjectOf(answer, address), expected);
}

/** What the difference between a discovery document and the settings means. */
export function discoveryFinding(document: Readonly<Record<string, unknown>>, expected: Expected): Finding {
  const { name, issuers, keyAddresses: addresses } = expected;
  const subject = `${name} discovery`;
  const { issuer, jwks_uri: keys } = document;
  if (typeof issuer !== 'string' || !issuers.includes(issuer)) {
    const said = typeof issuer === 'string' ? issuer.slice(0, 200) : 'none';
    return fail(subject, `its issuer is ${said}; configured: ${issuers.join(', ')}`, mendOf(name));
  }
  if (typeof keys !== 'string' || addresses.length === 0 || addresses.includes(keys))
    return ok(subject, `its issuer is ${issuer}`);
  return warn(
    subject,
    `its keys are at ${keys.slice(0, 200)}; configured: ${addresses.join(', ')}`,
    `Take out ${variableOf(name, 'JWKS_URI')}, or set it to the former address, unless a copy of the keys is meant.`,
  );
}
