import type { ApiAnswer, ApiRequest } from './api-client';

/** What a token of ours looks like, whatever its prefix. */
const OUR_TOKEN = /\b[a-z][a-z0-9]{1,15}_[0-9A-Za-z]{49}\b/g;
const SECRET_MEMBERS = ['nonce', 'link_ticket', 'id_token', 'access_token', 'auth_token', 'ticket', 'token'];
const SHORTEST = 20;

/** The secrets that went over the wire, to look for them where they must not be. */
export class SeenSecrets {
  private readonly secrets = new Set<string>();

  /** Remembers what an answer has issued, and what a request has shown that was accepted. */
  note({ token, json }: ApiRequest, { status, text, body }: ApiAnswer): void {
    for (const [issued] of text.matchAll(OUR_TOKEN)) this.add(issued);
    this.addMembers(body);
    if (status >= 400) return;
    this.add(token);
    if (typeof json === 'object' && json !== null) this.addMembers(json);
  }

  get size(): number {
    return this.secrets.size;
  }

  /** Those that a text holds, as they are or as bytes in hexadecimal or base64; each in its first characters alone. */
  within(text: string): string[] {
    const lower = text.toLowerCase();
    return [...this.secrets]
      .filter(
        (secret) =>
          formsOf(secret).some((form) => text.includes(form)) || hexOf(secret).some((hex) => lower.includes(hex)),
      )
      .map((secret) => `${secret.slice(0, 8)}…`);
  }

  private addMembers(body: object): void {
    for (const name of SECRET_MEMBERS) this.add((body as Record<string, unknown>)[name]);
  }

  private add(secret: unknown): void {
    if (typeof secret === 'string' && secret.length >= SHORTEST) this.secrets.add(secret);
  }
}

/** Of a JWT its signature is looked for as well: that is what makes it one. */
const partsOf = (secret: string): string[] =>
  [secret, secret.split('.').at(-1) ?? secret].filter(({ length }) => length >= SHORTEST);

const formsOf = (secret: string): string[] =>
  partsOf(secret).flatMap((part) => [part, Buffer.from(part).toString('base64').replace(/=+$/, '')]);

const hexOf = (secret: string): string[] =>
  partsOf(secret)
    .flatMap((part) => [Buffer.from(part).toString('hex'), Buffer.from(part, 'base64url').toString('hex')])
    .filter(({ length }) => length >= SHORTEST);
