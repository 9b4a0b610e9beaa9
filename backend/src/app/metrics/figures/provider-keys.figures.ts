import type { KeyStores } from '../../../social-auth';
import type { Figure } from './figure';

/** How the signing keys of the providers are. */
export function providerKeysFigures(keys: KeyStores): Figure[] {
  const known = () => Object.entries(keys.health()).filter(([, { status }]) => status !== 'unknown');
  return [
    {
      name: 'social_auth_provider_keys_up',
      help: 'Whether the last fetch of the keys of a provider succeeded; absent before the first.',
      type: 'gauge',
      labels: ['provider'],
      read: () => known().map(([provider, { status }]) => ({ labels: { provider }, value: status === 'up' ? 1 : 0 })),
    },
    {
      name: 'social_auth_provider_keys_age_seconds',
      help: 'Age of the keys that answer for a provider; absent while there are none.',
      type: 'gauge',
      labels: ['provider'],
      read: () =>
        known().flatMap(([provider, { keysAgeSeconds: value }]) =>
          value === undefined ? [] : [{ labels: { provider }, value }],
        ),
    },
  ];
}
