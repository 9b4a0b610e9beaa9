import type { RevocationBus } from '../../../src/social-auth';

/** Listens to a bus, and remembers everything. */
export class BusEar {
  readonly messages: string[] = [];
  readonly reasons: string[] = [];
  ups = 0;
  isUp = false;

  constructor(readonly bus: RevocationBus) {
    bus.start({
      onMessage: (message) => this.messages.push(message),
      onUp: () => {
        this.ups += 1;
        this.isUp = true;
      },
      onDown: (reason) => {
        this.reasons.push(reason);
        this.isUp = false;
      },
    });
  }
}
