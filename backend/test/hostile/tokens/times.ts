import type { Forge } from '../forge';
import { INVALID, type BenignToken, type HostileToken, type Refusal } from '../hostile-entry';

const EXPIRED = '401 provider_token_expired';
const TOO_EARLY = '401 provider_token_not_yet_valid';
const HOUR = 3_600;

/** The longest lifetime of an ID token. */
const longest = ({ provider }: Forge): number => (provider === 'google' ? HOUR : 10 * HOUR);

type Claims = (forge: Forge) => object;

const wrongTypes: [string, Claims][] = [
  ['no exp', () => ({ exp: undefined })],
  ['no iat', () => ({ iat: undefined })],
  ['neither exp nor iat', () => ({ exp: undefined, iat: undefined })],
  ['an exp in a text', ({ now }) => ({ exp: String(now + HOUR) })],
  ['an iat in a text', ({ now }) => ({ iat: String(now) })],
  ['an nbf in a text', ({ now }) => ({ nbf: String(now) })],
  ['an exp that is a date', ({ now }) => ({ exp: new Date((now + HOUR) * 1_000).toISOString() })],
  ['an exp that is null', () => ({ exp: null })],
  ['an iat that is null', () => ({ iat: null })],
  ['an nbf that is null', () => ({ nbf: null })],
  ['an exp that is true', () => ({ exp: true })],
  ['an iat that is false', () => ({ iat: false })],
  ['an exp in a list', ({ now }) => ({ exp: [now + HOUR] })],
  ['an exp in an object', ({ now }) => ({ exp: { valueOf: now + HOUR } })],
];

const wrongLifetimes: [string, Claims][] = [
  ['an exp in milliseconds', ({ now }) => ({ exp: (now + HOUR) * 1_000 })],
  ['both in milliseconds', ({ now }) => ({ iat: now * 1_000, exp: (now + 10 * HOUR) * 1_000 })],
  ['a lifetime of a second too many', (forge) => ({ exp: forge.now + longest(forge) + 1 })],
  ['a lifetime of a century', ({ now }) => ({ exp: now + 3_155_760_000 })],
  ['the greatest exp that a double holds exactly', () => ({ exp: Number.MAX_SAFE_INTEGER })],
  ['an exp of 1e308', () => ({ exp: 1e308 })],
  ['an iat of -1e308', () => ({ iat: -1e308 })],
  ['an exp before its iat', ({ now }) => ({ iat: now, exp: now - 1 })],
  ['an exp at its iat', ({ now }) => ({ iat: now, exp: now })],
  ['an iat of zero', () => ({ iat: 0 })],
];

const written: [string, string, Refusal][] = [
  ['an exp of 1e999, which is infinite', '"exp":1e999', INVALID],
  ['an iat of -1e999, which is infinite', '"iat":-1e999', INVALID],
  ['an nbf of -1e999, which is infinite', '"nbf":-1e999', INVALID],
  ['an exp of -0', '"exp":-0', INVALID],
  ['an exp of 5e-324', '"exp":5e-324', INVALID],
];

const passed: [string, Claims, Refusal][] = [
  ['an exp two minutes ago', ({ now }) => ({ iat: now - HOUR + 60, exp: now - 120 }), EXPIRED],
  ['an exp yesterday', ({ now }) => ({ iat: now - 25 * HOUR, exp: now - 24 * HOUR }), EXPIRED],
  ['times of 1970', () => ({ iat: 1, exp: 3_601 }), EXPIRED],
  ['times before 1970', () => ({ iat: -7_200, exp: -3_600 }), EXPIRED],
  ['an iat ten minutes ahead (U8)', ({ now }) => ({ iat: now + 600, exp: now + HOUR }), TOO_EARLY],
  ['an iat two minutes ahead', ({ now }) => ({ iat: now + 120, exp: now + HOUR }), TOO_EARLY],
  ['an nbf ten minutes ahead', ({ now }) => ({ nbf: now + 600 }), TOO_EARLY],
  ['an nbf of the next century', ({ now }) => ({ nbf: now + 3_155_760_000 }), TOO_EARLY],
];

/** V14, V21: tokens whose times do not hold. */
export const times: HostileToken[] = [
  ...[...wrongTypes, ...wrongLifetimes].map(([name, claims]): HostileToken => ({
    title: `V14 ${name}`,
    token: (forge) => forge.token(claims(forge)),
    refused: INVALID,
  })),
  ...written.map(([name, members, refused]): HostileToken => ({
    title: `V14 ${name}`,
    token: (forge) => forge.compact(forge.header(), `${JSON.stringify(forge.claims()).slice(0, -1)},${members}}`),
    refused,
  })),
  ...passed.map(([name, claims, refused]): HostileToken => ({
    title: `V14 ${name}`,
    token: (forge) => forge.token(claims(forge)),
    refused,
  })),
  {
    title: 'V14 an access token that lives for two days',
    token: (forge) => forge.accessToken({ exp: forge.now + 48 * HOUR }),
    field: 'access_token',
    at: 'auth0',
    refused: INVALID,
  },
  {
    title: 'V14 an access token that has expired',
    token: (forge) => forge.accessToken({ iat: forge.now - 2 * HOUR, exp: forge.now - HOUR }),
    field: 'access_token',
    at: 'auth0',
    refused: EXPIRED,
  },
];

/** What differs from these by one thing only. */
export const soundTimes: BenignToken[] = [
  {
    title: 'V14 U8 an exp half a minute ago',
    token: (forge) => forge.token({ iat: forge.now - HOUR + 60, exp: forge.now - 30 }),
  },
  { title: 'V14 U8 an iat half a minute ahead', token: (forge) => forge.token({ iat: forge.now + 30 }) },
  { title: 'V14 an nbf half a minute ahead', token: (forge) => forge.token({ nbf: forge.now + 30 }) },
  { title: 'V14 an nbf long ago', token: (forge) => forge.token({ nbf: 0 }) },
  {
    title: 'V14 V21 the longest lifetime, nearly over',
    token: (forge) => forge.token({ iat: forge.now - longest(forge) + 60, exp: forge.now + 60 }),
  },
  {
    title: 'V14 times with fractions',
    token: (forge) => forge.token({ iat: forge.now - 0.5, exp: forge.now + 1_000.25 }),
  },
  {
    title: 'V14 times in exponents',
    token: (forge) => forge.compact(forge.header(), `${JSON.stringify(forge.claims()).slice(0, -1)},"nbf":1.0e3}`),
  },
];
