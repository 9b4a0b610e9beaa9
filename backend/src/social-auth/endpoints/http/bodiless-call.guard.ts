import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { InvalidRequestError, UnsupportedMediaTypeError } from '../../errors/social-auth.error';
import type { ClientSource } from './client-of-request';
import { isJsonMediaType } from './json-media-type';

/**
 * Whether a call that may do without a body is one that no page of another site can have made its visitors send: a page
 * must say that it sends JSON, which the browser asks about first; an app or a server need not say anything.
 */
export function isBodilessCall({ headers }: Pick<ClientSource, 'headers'>): boolean {
  if (isJsonMediaType(headers['content-type'])) return true;
  const isOfBrowser = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  return headers['content-type'] === undefined && !isOfBrowser;
}

const isEmpty = (body: unknown): boolean =>
  body == null || (typeof body === 'object' && !Array.isArray(body) && Object.keys(body).length === 0);

/** Lets in {@link isBodilessCall} with nothing in its body, and nothing else. */
@Injectable()
export class BodilessCallGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<ClientSource & { body?: unknown }>();
    if (!isBodilessCall(request)) throw new UnsupportedMediaTypeError();
    if (!isEmpty(request.body)) throw new InvalidRequestError('Post an empty object, or no body at all.');
    return true;
  }
}
