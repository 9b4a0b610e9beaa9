import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { keySourceName, type KeySource } from './key-source';
import { KeyStore, type KeyStoreHealth } from './key-store';

/** The key stores of all providers; providers that share a source share a store. */
@Injectable()
export class KeyStores {
  private readonly stores = new Map<string, KeyStore>();
  private readonly sources = new Map<string, string>();

  constructor(private readonly clock: Clock) {}

  /** The store of a key endpoint or of an issuer, for the provider of that name. */
  for(provider: string, source: KeySource): KeyStore {
    const name = keySourceName(source);
    this.sources.set(provider, name);
    let store = this.stores.get(name);
    if (!store) this.stores.set(name, (store = new KeyStore(source, this.clock)));
    return store;
  }

  /** How the keys of each provider are. */
  health(): Record<string, KeyStoreHealth> {
    const entries = [...this.sources].map(([provider, source]) => [provider, this.stores.get(source)?.health()]);
    return Object.fromEntries(entries) as Record<string, KeyStoreHealth>;
  }
}
