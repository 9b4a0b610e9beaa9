import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import type { SignInClient } from '../../accounts/sign-in-client';
import { RequestItself } from './request-itself.decorator';

/** Injection token: the secret with which our own frontend speaks for its visitors. */
export const FRONTEND_SHARED_SECRET = 'SOCIAL_AUTH_FRONTEND_SHARED_SECRET';

/** A request as far as it tells where it comes from, on either HTTP adapter. */
export interface ClientSource {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The peer's address, or what the adapter's own proxy settings make of the forwarding headers. */
  ip?: string;
  id?: unknown;
}

const MAXIMUM_USER_AGENT_LENGTH = 512;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function textOf(header: string | string[] | undefined): string | undefined {
  // Control characters never reach a log or the database, NUL above all, which PostgreSQL refuses.
  const text = typeof header === 'string' ? header.replace(/\p{Cc}/gu, ' ').trim() : '';
  return text === '' ? undefined : text.slice(0, MAXIMUM_USER_AGENT_LENGTH);
}

/** Finds out where a request comes from, as far as it can be believed. */
@Injectable()
export class ClientResolver {
  constructor(@Inject(FRONTEND_SHARED_SECRET) private readonly secret: string | undefined) {}

  /** The visitor whom our frontend names, if it proves to be ours; the peer otherwise. */
  resolve({ headers, ip, id }: ClientSource): SignInClient {
    const requestId = typeof id === 'string' ? id : undefined;
    const peer = { address: ip, userAgent: textOf(headers['user-agent']), requestId };
    if (!this.isFrontend(headers['x-frontend-secret'])) return peer;
    const address = headers['x-client-address'];
    return {
      address: typeof address === 'string' && isIP(address) !== 0 ? address : ip,
      userAgent: textOf(headers['x-client-user-agent']),
      requestId,
    };
  }

  private isFrontend(secret: string | string[] | undefined): boolean {
    if (this.secret === undefined || typeof secret !== 'string') return false;
    return timingSafeEqual(digest(this.secret), digest(secret));
  }
}

/** Makes a {@link SignInClient} of a request. */
@Injectable()
export class ClientPipe implements PipeTransform<ClientSource, SignInClient> {
  constructor(private readonly resolver: ClientResolver) {}

  transform(request: ClientSource): SignInClient {
    return this.resolver.resolve(request);
  }
}

/** Where the request comes from, for a handler's parameter. */
export const Client = (): ParameterDecorator => RequestItself(ClientPipe);
