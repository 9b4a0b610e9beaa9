import {
  CLIENT_PLATFORMS,
  NONCE_RULES,
  ProviderClients,
  type ClientPlatform,
  type KnownClient,
  type NonceRule,
  type ProviderClient,
} from '../replay/provider-client';
import { ProviderSettingsError, type ProviderDefinition } from './provider-definition';

const CLIENT_ID = /^[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/;

/** What a client id may be followed by, with the values that each attribute may have. */
const ATTRIBUTES: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ['platform', CLIENT_PLATFORMS],
  ['nonce', NONCE_RULES],
]);

/** The faults of one client, each as what was expected. */
function faultsOfClient(id: unknown, attributes: readonly (readonly [string, unknown])[]): string[] {
  const faults: string[] = [];
  if (id === '' || id === undefined) faults.push('expected a client id, not an empty one');
  else if (typeof id !== 'string' || !CLIENT_ID.test(id)) {
    faults.push('expected a client id of printable ASCII characters without commas, semicolons and white space');
  }
  const names = attributes.map(([name]) => name);
  if (new Set(names).size < names.length) faults.push('expected every attribute once');
  if (names.some((name) => !ATTRIBUTES.has(name))) {
    faults.push(`expected no attributes but ${[...ATTRIBUTES.keys()].join(' and ')}`);
  }
  for (const [name, values] of ATTRIBUTES) {
    const isWrong = attributes.some(([given, value]) => given === name && !values.includes(value));
    if (isWrong) faults.push(`expected ${name} to be one of ${values.join(', ')}`);
  }
  return faults;
}

/** The faults of a list of clients, each with the place of its client in the list. */
function faultsOfClients(
  clients: readonly { id: unknown; attributes: readonly (readonly [string, unknown])[] }[],
): string[] {
  const faults = clients.flatMap(({ id, attributes }, at) =>
    faultsOfClient(id, attributes).map((fault) => `client ${at + 1}: ${fault}`),
  );
  const ids = clients.map(({ id }) => id).filter((id) => id !== '');
  if (new Set(ids).size < ids.length) faults.push('expected every client id once');
  return faults;
}

/** A part of a variable between two separators. */
const partsOf = (text: string, separator: string): string[] => text.split(separator).map((part) => part.trim());

function attributeOf(text: string): readonly [string, string] {
  const [name = '', ...value] = partsOf(text, '=');
  return [name, value.join('=')];
}

/**
 * Client ids of an environment variable, comma separated: `web-id,ios-id;platform=ios;nonce=required`. The first is the
 * web client's, so that no entry may be empty: another one would take its place.
 */
export function clientsOfVariable(
  name: string,
  value: string | undefined,
): { clients: (string | ProviderClient)[]; faults: string[] } {
  const entries = partsOf(value ?? '', ',').map((entry) => {
    const [id = '', ...attributes] = partsOf(entry, ';');
    return { id, attributes: attributes.map(attributeOf) };
  });
  if (entries.every(({ id, attributes }) => id === '' && attributes.length === 0)) {
    return { clients: [], faults: [`${name}: expected one or several client ids, comma separated`] };
  }
  const faults = faultsOfClients(entries).map((fault) => `${name}: ${fault}`);
  const clients = entries.map(({ id, attributes }) =>
    attributes.length === 0 ? id : { id, ...Object.fromEntries(attributes) },
  );
  return { clients: faults.length > 0 ? [] : clients, faults };
}

const entryOf = (client: unknown): { id: unknown; attributes: [string, unknown][] } => {
  if (typeof client !== 'object' || client === null) return { id: client, attributes: [] };
  const { id, ...rest } = client as Record<string, unknown>;
  return { id, attributes: Object.entries(rest).filter(([, value]) => value !== undefined) };
};

/**
 * The clients of a provider with their defaults, checked whatever the host's types said: a text in the place of the list
 * would be searched for a part of itself.
 *
 * @throws ProviderSettingsError
 */
export function checkedClients(provider: string, clientIds: unknown): readonly KnownClient[] {
  if (!Array.isArray(clientIds) || clientIds.length === 0) {
    throw new ProviderSettingsError([`${provider}: expected a list of at least one client id`]);
  }
  const entries = clientIds.map(entryOf);
  const faults = faultsOfClients(entries).map((fault) => `${provider}: ${fault}`);
  if (faults.length > 0) throw new ProviderSettingsError(faults);
  return entries.map(({ id, attributes }, at) => {
    const { platform, nonce } = Object.fromEntries(attributes) as { platform?: ClientPlatform; nonce?: NonceRule };
    return {
      id: id as string,
      platform: platform ?? (at === 0 ? 'web' : undefined),
      nonce: nonce ?? (at === 0 ? 'off' : 'if-present'),
    };
  });
}

/** The plain ids of checked clients, as claims are compared with them. */
export const clientIdsOf = (clients: readonly KnownClient[]): readonly string[] => clients.map(({ id }) => id);

/** Our clients at the mounted providers. */
export function providerClients(
  definitions: readonly ProviderDefinition[],
  settings: Readonly<Record<string, object | undefined>>,
): ProviderClients {
  const clients = definitions.map((definition): [string, readonly KnownClient[]] => {
    const { name } = definition;
    const given = settings[name];
    return [name, definition.clients && given ? checkedClients(name, definition.clients(given)) : []];
  });
  return new ProviderClients(new Map(clients));
}
