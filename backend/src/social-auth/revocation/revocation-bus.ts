/** Injection token of the {@link RevocationBus}; `undefined`: there is none. */
export const REVOCATION_BUS = 'SOCIAL_AUTH_REVOCATION_BUS';

/** Hears what a bus brings; never throws. */
export interface RevocationBusListener {
  onMessage(message: string): void;
  /** Messages come from now on; those of before may be lost. */
  onUp(): void;
  /** Messages do not come any more. */
  onDown(reason: string): void;
}

/**
 * Carries short texts between all replicas, so that they hear of a revocation before they read of it. It may lose,
 * repeat and delay them, and need not be trusted: whoever can write to it can cause look-ups and nothing else.
 */
export interface RevocationBus {
  /** Connects in the background and goes on trying until {@link stop}; called once. */
  start(listener: RevocationBusListener): void;
  /** Sends a text of less than 8,000 bytes; rejects within about a second where that cannot be done. */
  publish(message: string): Promise<void>;
  /** Ends for good, and waits for no answer of anybody. */
  stop(): Promise<void>;
}
