import 'server-only';
import { isIP } from 'node:net';
import { headers } from 'next/headers';
import type { Visitor } from '../api/visitor.headers';

/** Who sent the request: server.mjs has replaced `X-Forwarded-For` by the one address that can be trusted. */
export async function visitorOf(): Promise<Visitor> {
  const incoming = await headers();
  const address = incoming.get('x-forwarded-for') ?? '';
  const userAgent = (incoming.get('user-agent') ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 256);
  return { address: isIP(address) ? address : undefined, userAgent: userAgent || undefined };
}
