import type { ApiAnswer } from '../../support/api-client';
import {
  COMMON_REQUESTS,
  DOCUMENTED_TOKENS,
  MOBILE_CHAPTERS,
  type DocumentedRequest,
  type DocumentedToken,
  type MobileChapter,
} from '../../support/mobile-document';
import { sha256 } from '../../support/nonce-visitor';
import type { TestApp } from '../../support/test-app';
import type { MobileIssuers } from './mobile-issuers';

/** A client id of an app, as the settings of its chapter have it. */
export interface MobileClient {
  id: string;
  platform: string;
}

/** What the habits of the table make of a nonce that the app was given. */
const NONCE_HABITS: Readonly<Record<string, (nonce: string) => string>> = {
  'as it is': (nonce) => nonce,
  'SHA-256, hexadecimal': (nonce) => sha256(nonce, 'hex'),
};

const entriesOf = ({ settings }: MobileChapter): string[] =>
  (Object.entries(settings).find(([name]) => name.endsWith('_CLIENT_ID'))?.[1] ?? '').split(',');

/** The client ids of a chapter but for the site's, which is the first. */
function clientsOf(chapter: MobileChapter): MobileClient[] {
  return entriesOf(chapter)
    .slice(1)
    .map((entry) => {
      const [id = '', ...attributes] = entry.split(';');
      const platform = attributes.find((attribute) => attribute.startsWith('platform='))?.slice('platform='.length);
      return { id, platform: platform ?? '' };
    });
}

/** Every app of docs/mobile.md on every system that it runs on. */
export const MOBILE_APPS = MOBILE_CHAPTERS.flatMap((chapter) =>
  clientsOf(chapter).map((client) => ({ title: chapter.title, chapter, client, platform: client.platform })),
);

/** An app that does what its chapter says, request by request. */
export class MobileApp {
  private readonly exchangeRequest: DocumentedRequest;
  private readonly habits: DocumentedToken;

  constructor(
    private readonly server: TestApp,
    private readonly issuers: MobileIssuers,
    private readonly chapter: MobileChapter,
    private readonly client: MobileClient,
  ) {
    const [exchange] = chapter.requests;
    const habits = DOCUMENTED_TOKENS.get(chapter.title);
    if (!exchange || !habits) throw new Error(`docs/mobile.md has no request or no row for ${chapter.title}.`);
    this.exchangeRequest = exchange;
    this.habits = habits;
  }

  /** A nonce of the server. */
  async challenge(): Promise<string> {
    const { status, body } = await this.send(this.common('/auth/challenge'));
    if (status !== 201) throw new Error(`The challenge was answered ${status}.`);
    return (body as unknown as { nonce: string }).nonce;
  }

  /** What the SDK makes of a nonce before it gives it to the provider. */
  spelled(nonce: string): string {
    const spell = NONCE_HABITS[this.habits.nonce];
    if (!spell) throw new Error(`Nobody knows the habit “${this.habits.nonce}”.`);
    return spell(nonce);
  }

  /** An ID token as the SDK brings it, with that text as its nonce. */
  idToken(nonce: string | undefined, claims: object = {}): Promise<string> {
    const site = entriesOf(this.chapter)[0]?.split(';')[0];
    const ids: Readonly<Record<string, string | undefined>> = { site, app: this.client.id, '–': undefined };
    const { audience, party } = this.habits;
    const usual = { aud: ids[audience], azp: ids[party], nonce };
    return this.issuers.idToken(this.exchangeRequest.path, { ...usual, ...claims });
  }

  /** The exchange of an ID token. */
  exchange(idToken: string): Promise<ApiAnswer> {
    return this.send(this.exchangeRequest, { idToken });
  }

  /** A request that every app sends. */
  call(path: string, token: string): Promise<ApiAnswer> {
    return this.send(this.common(path), { token });
  }

  private common(path: string): DocumentedRequest {
    const request = COMMON_REQUESTS.find((one) => one.path === path);
    if (!request) throw new Error(`docs/mobile.md has no request for ${path}.`);
    return request;
  }

  /** Sends a request as it is written, with real tokens in the place of the shortened ones. */
  private send(
    { method, path, headers, body }: DocumentedRequest,
    { idToken = '', token = '' } = {},
  ): Promise<ApiAnswer> {
    const authorization = headers.authorization?.replace('nte_…', token);
    return this.server.api(path, {
      method,
      headers: { ...headers, ...(authorization !== undefined && { authorization }) },
      ...(body !== '' && { json: body.replace('eyJ…', idToken) }),
    });
  }
}
