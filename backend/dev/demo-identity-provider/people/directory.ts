import { DemoPerson } from './demo-person';

/** The people of one issuer, found by key or by subject. */
export class Directory {
  private readonly byKey = new Map<string, DemoPerson>();

  constructor(people: readonly DemoPerson[]) {
    for (const person of people) this.add(person);
  }

  /** Adds somebody, or replaces who had this key. */
  add(person: DemoPerson): void {
    this.byKey.set(person.key, person);
  }

  /** Everybody, in the order of the page. */
  all(): DemoPerson[] {
    return [...this.byKey.values()];
  }

  /** The person with this key, if there is one. */
  find(key: string): DemoPerson | undefined {
    return this.byKey.get(key);
  }

  /** The person with this address (or key) and this password, if there is one. */
  withPassword(name: string, password: string): DemoPerson | undefined {
    const person = this.all().find(({ key, email }) => name === email || name === key);
    return person?.password !== undefined && person.password === password ? person : undefined;
  }

  /** The person with this `sub`, if there is one. */
  withSubject(subject: string): DemoPerson | undefined {
    return this.all().find((person) => person.subject === subject);
  }
}
