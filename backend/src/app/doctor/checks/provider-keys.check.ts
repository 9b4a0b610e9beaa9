import {
  discoverKeyAddress,
  fetchBounded,
  isUsableKey,
  jsonObjectOf,
  KeyStores,
  type Clock,
  type KeySource,
  type ProviderDefinition,
} from '../../../social-auth';
import { clockFinding, skewByHeaders } from '../clock-skew';
import type { DoctorCheck, Inspection, Patient } from '../doctor-check';
import { fail, ok, type Finding } from '../finding';

/** Whether each provider's key endpoint answers with keys that can be used, and whether its clock agrees with ours. */
export class ProviderKeysCheck implements DoctorCheck {
  inspections({ settings: { providers }, clock }: Patient): Inspection[] {
    return providers.definitions.map((definition) => ({
      subject: `${definition.name} keys`,
      mend: mendOf(definition.name),
      look: async () => {
        const sources = keySources(definition, providers.settings[definition.name] ?? {}, clock);
        const looks = sources.map(async (source) => look(definition.name, await addressOf(source), clock));
        return (await Promise.all(looks)).flat();
      },
    }));
  }
}

const mendOf = (name: string): string =>
  `Open the way to the key endpoint (proxy, firewall, DNS), or correct ${variableOf(name, 'JWKS_URI')}.`;

/** The variable of a provider for a purpose, as all of them are named. */
export const variableOf = (name: string, purpose: string): string =>
  `${name.toUpperCase().replaceAll('-', '_')}_${purpose}`;

/** The sources of keys that a strategy asks for when it is built. */
export function keySources(definition: ProviderDefinition, settings: object, clock: Clock): KeySource[] {
  const stores = new KeyStores(clock);
  const sources = new Set<KeySource>();
  definition.createStrategy(settings, {
    clock,
    keyStore: (source) => {
      sources.add(source);
      return stores.for(definition.name, source);
    },
  });
  return [...sources];
}

const addressOf = async (source: KeySource): Promise<string> =>
  typeof source === 'string' ? source : discoverKeyAddress(source.issuer);

async function look(name: string, address: string, clock: Clock): Promise<Finding[]> {
  const sentAt = clock.now();
  const answer = await fetchBounded(address);
  const receivedAt = clock.now();
  const skew = skewByHeaders(answer.headers, { sentAt, receivedAt });
  const clocks = skew === undefined ? [] : [clockFinding(`${name} clock`, skew)];
  return [keysFinding(name, address, answer), ...clocks];
}

function keysFinding(name: string, address: string, answer: Awaited<ReturnType<typeof fetchBounded>>): Finding {
  const subject = `${name} keys`;
  const mend = mendOf(name);
  if (answer.status !== 200) return fail(subject, `${address} answered ${answer.status}`, mend);
  const { keys } = jsonObjectOf(answer, address);
  const published = Array.isArray(keys) ? keys : [];
  const usable = published.filter(isUsableKey).length;
  const message = `${usable} usable RS256 ${usable === 1 ? 'key' : 'keys'} of ${published.length} at ${address}`;
  return usable > 0 ? ok(subject, message) : fail(subject, message, mend);
}
