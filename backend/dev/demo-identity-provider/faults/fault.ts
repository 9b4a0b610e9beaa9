import { IncomingMessage, ServerResponse } from 'node:http';

/** Ways in which an endpoint can go wrong. */
export const FAULT_KINDS = [
  '204',
  '404',
  '429',
  '500',
  '503',
  'hang',
  'drip',
  'cut',
  'reset',
  'malformed',
  'html',
  'empty',
  'no-keys',
  'array',
  'cached-garbage',
  'huge',
  'redirect',
] as const;

/** One way in which an endpoint can go wrong. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A named fault, or code that answers in whatever way a test wants. */
export type Fault = FaultKind | ((request: IncomingMessage, response: ServerResponse) => void);

/** The endpoints that can be counted and spoilt; `redirected` is where the fault `redirect` leads. */
export type Endpoint =
  'discovery' | 'authorization' | 'token' | 'jwks' | 'userinfo' | 'tokeninfo' | 'redirected' | 'demo-token';
