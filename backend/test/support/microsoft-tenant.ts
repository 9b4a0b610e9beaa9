import type { DemoPerson, Fault } from '../../dev/demo-identity-provider';
import { Directory } from '../../dev/demo-identity-provider/people/directory';
import { MicrosoftTwin, TENANTS } from './microsoft-twin';

const PEOPLE: readonly DemoPerson[] = [
  {
    key: 'ada',
    subject: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
    name: 'Ada Winter',
    note: 'a mailbox of the tenant',
    email: 'ada@contoso.example',
  },
  {
    key: 'ben',
    subject: '0b4f6d1e-53c1-4c5e-9a38-6a7d1f0c2b94',
    name: 'Ben Okoro',
    note: 'an address that the administrator wrote',
    email: 'ben@elsewhere.example',
  },
  {
    key: 'cleo',
    subject: 'c2a7e8f0-1d9b-47f3-8e65-2f4b90d6a1c3',
    name: 'Cleo Marsh',
    note: 'no e-mail address',
  },
];

/** A tenant of the twin of Microsoft, as the demo has its issuers: with people, and with keys that can be spoilt. */
export class MicrosoftTenant {
  private readonly people = new Directory(PEOPLE);

  private constructor(private readonly twin: MicrosoftTwin) {}

  static async start(): Promise<MicrosoftTenant> {
    return new MicrosoftTenant(await MicrosoftTwin.start());
  }

  /** Exactly the `iss` of its tokens. */
  get issuer(): string {
    return this.twin.issuerOf(TENANTS.contoso);
  }

  /** Whose people sign in, as a server is told: those of all tenants. */
  get authority(): string {
    return this.twin.issuerOf('common');
  }

  get clientId(): string {
    return this.twin.clientId;
  }

  /** The person with this key, whose subject is their `oid`; an error if there is none. */
  person(key: string): DemoPerson {
    const person = this.people.find(key);
    if (!person) throw new Error(`${this.issuer} knows no person ${key}.`);
    return person;
  }

  /** An ID token of this person, with changes laid over its claims. */
  issue(personKey: string, changes: object = {}): string {
    const { subject, name, email } = this.person(personKey);
    return this.twin.idToken(subject, TENANTS.contoso, { name, email, preferred_username: email, ...changes });
  }

  /** Spoils the keys, its one endpoint, until they are mended with `undefined`. */
  fault(endpoint: 'jwks', fault: Fault | undefined): void {
    this.twin.loopback.faults.set(endpoint, fault);
  }

  /** How often the keys were asked for. */
  hits(endpoint: 'jwks'): number {
    return this.twin.loopback.faults.hits(endpoint);
  }

  resetFaults(): void {
    this.twin.loopback.faults.reset();
  }

  stop(): Promise<void> {
    return this.twin.stop();
  }
}
