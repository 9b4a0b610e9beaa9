import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { KeyStore, type KeyStoreHealth } from './key-store';

/** The key stores of all providers; providers that share an address share a store. */
@Injectable()
export class KeyStores {
  private readonly stores = new Map<string, KeyStore>();
  private readonly addresses = new Map<string, string>();

  constructor(private readonly clock: Clock) {}

  /** The store of a key endpoint, for the provider of that name. */
  for(provider: string, jwksUri: string): KeyStore {
    this.addresses.set(provider, jwksUri);
    let store = this.stores.get(jwksUri);
    if (!store) this.stores.set(jwksUri, (store = new KeyStore(jwksUri, this.clock)));
    return store;
  }

  /** How the keys of each provider are. */
  health(): Record<string, KeyStoreHealth> {
    const entries = [...this.addresses].map(([provider, address]) => [provider, this.stores.get(address)?.health()]);
    return Object.fromEntries(entries) as Record<string, KeyStoreHealth>;
  }
}
