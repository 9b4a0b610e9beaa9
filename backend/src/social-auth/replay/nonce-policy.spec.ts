import { createHash, randomBytes } from 'node:crypto';
import { decideNonce, issuedHashesOf, type NonceDecision } from './nonce-policy';
import type { NonceRule } from './provider-client';

const nonce = 'the-nonce-of-the-token';
const consume = (mustBeIssued: boolean): NonceDecision => ({ kind: 'consume', claim: nonce, mustBeIssued });
const ignore: NonceDecision = { kind: 'ignore' };
const refuse = { kind: 'refuse', reason: expect.any(String) as string };

describe('what becomes of a nonce', () => {
  it.each<[NonceRule, string, boolean, NonceDecision | typeof refuse]>([
    ['off', 'id_token with', false, ignore],
    ['off', 'id_token without', false, ignore],
    ['off', 'access_token with', false, ignore],
    ['off', 'id_token with', true, refuse],
    ['off', 'id_token without', true, refuse],
    ['off', 'access_token without', true, refuse],
    ['if-present', 'id_token with', false, consume(false)],
    ['if-present', 'id_token with', true, consume(true)],
    ['if-present', 'id_token without', false, ignore],
    ['if-present', 'id_token without', true, refuse],
    ['if-present', 'access_token with', false, ignore],
    ['if-present', 'access_token with', true, refuse],
    ['if-present', 'access_token without', false, ignore],
    ['if-present', 'access_token without', true, refuse],
    ['required', 'id_token with', false, consume(true)],
    ['required', 'id_token with', true, consume(true)],
    ['required', 'id_token without', false, refuse],
    ['required', 'id_token without', true, refuse],
    ['required', 'access_token with', false, refuse],
    ['required', 'access_token without', false, refuse],
  ])('under %s, of an %s, asked for: %p', (rule, which, asked, decision) => {
    const [kind, has] = which.split(' ') as ['id_token' | 'access_token', 'with' | 'without'];
    expect(decideNonce(rule, { kind, nonce: has === 'with' ? nonce : undefined }, asked)).toEqual(decision);
  });

  it('is refused for an empty claim like for any other that was not issued', () => {
    expect(decideNonce('required', { kind: 'id_token', nonce: '' }, false)).toEqual({ ...consume(true), claim: '' });
  });
});

describe('the nonce that a claim stands for', () => {
  const issued = randomBytes(32).toString('base64url');
  const inner = createHash('sha256').update(issued).digest();

  it.each([
    ['the nonce itself', issued],
    ['SHA-256 in hexadecimal', inner.toString('hex')],
    ['SHA-256 in capitals', inner.toString('hex').toUpperCase()],
    ['SHA-256 in base64url', inner.toString('base64url')],
  ])('is found by %s', (_name, claim) => expect(issuedHashesOf(claim)).toContainEqual(inner));

  it.each([
    ['SHA-256 twice', createHash('sha256').update(inner.toString('hex')).digest('hex')],
    ['SHA-256 cut short', inner.toString('hex').slice(0, 63)],
    ['SHA-256 and more', `${inner.toString('hex')}0`],
    ['SHA-256 and a line end', `${inner.toString('hex')}\n`],
    ['SHA-256 in padded base64url', `${inner.toString('base64url')}=`],
    ['the nonce and NUL', `${issued}\u0000`],
    ['the nonce in capitals', issued.toUpperCase()],
    ['nothing', ''],
    ['a lone surrogate', '\ud800'],
    ['a prototype', '__proto__'],
    ['a megabyte', 'x'.repeat(1_048_576)],
  ])('is not found by %s', (_name, claim) => {
    const hashes = issuedHashesOf(claim);
    expect(hashes).not.toContainEqual(inner);
    expect(hashes.every(({ length }) => length === 32)).toBe(true);
  });

  it('has one spelling in base64url: stray bits are no other one', () => {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const claim = inner.toString('base64url');
    const stray = claim.slice(0, -1) + digits.charAt(digits.indexOf(claim.slice(-1)) + 1);
    expect(Buffer.from(stray, 'base64url')).toEqual(inner);
    expect(issuedHashesOf(stray)).not.toContainEqual(inner);
  });
});
