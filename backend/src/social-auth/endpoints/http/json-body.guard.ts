import { Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { UnsupportedMediaTypeError } from '../../errors/social-auth.error';
import { isJsonMediaType } from './json-media-type';

interface BodySource {
  headers: Readonly<Record<string, string | undefined>>;
  id?: unknown;
}

/**
 * Lets plain application/json into the sign-in routes and nothing else, whatever parsers the host has installed: a form
 * of a foreign site can post text/plain, and an encoded body can be larger than it looks.
 */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  private readonly logger = new Logger(JsonBodyGuard.name);

  canActivate(context: ExecutionContext): boolean {
    const { headers, id } = context.switchToHttp().getRequest<BodySource>();
    const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
    if (encoding === 'identity' && isJsonMediaType(headers['content-type'])) return true;
    const error = new UnsupportedMediaTypeError();
    this.logger.warn({ event: 'sign_in', outcome: 'refused', code: error.code, requestId: id });
    throw error;
  }
}
