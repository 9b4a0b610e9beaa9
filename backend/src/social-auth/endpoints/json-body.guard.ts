import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { UnsupportedMediaTypeError } from '../errors/social-auth.error';

const JSON_MEDIA_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Lets plain application/json in and nothing else, whatever parsers the host has installed: a form of a foreign site
 * can post text/plain, and an encoded body can be larger than it looks.
 */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
    if (encoding === 'identity' && JSON_MEDIA_TYPE.test(headers['content-type'] ?? '')) return true;
    throw new UnsupportedMediaTypeError();
  }
}
