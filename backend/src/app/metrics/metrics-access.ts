import { createHash, timingSafeEqual } from 'node:crypto';

/** The challenge of whoever asks for the metrics without the token. [RFC 6750 3] */
export const METRICS_CHALLENGE = 'Bearer realm="metrics"';

const BEARER = /^bearer +([\x21-\x7e]+) *$/i;

/** Who may read the metrics. */
export class MetricsAccess {
  private readonly digest: Buffer | undefined;

  /** @param token `undefined`: whoever reaches the metrics. */
  constructor(token: string | undefined) {
    this.digest = token === undefined ? undefined : digestOf(token);
  }

  /** Whether an Authorization header opens them; how long that takes tells nothing of the token. */
  allows(authorization: string | undefined): boolean {
    if (this.digest === undefined) return true;
    const presented = BEARER.exec(authorization ?? '')?.[1];
    return presented !== undefined && timingSafeEqual(digestOf(presented), this.digest);
  }
}

/** Of one length, whatever was presented. */
const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();
