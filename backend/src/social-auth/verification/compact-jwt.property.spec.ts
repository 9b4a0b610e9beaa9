import { assert, base64String, jsonValue, oneof, property, string, tuple, uint8Array } from 'fast-check';
import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import { looksLikeJwt, parseCompactJwt } from './compact-jwt';

const encode = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Whether a text is parsed or refused in the one way that the rest relies on. */
function isJudged(token: string): boolean {
  try {
    const { header, claims } = parseCompactJwt(token);
    return [header, claims].every((part) => typeof part === 'object' && part !== null && !Array.isArray(part));
  } catch (error) {
    return error instanceof ProviderTokenRefusedError && error.code === 'provider_token_invalid';
  }
}

const anyText = string({ unit: 'binary', maxLength: 300 });
const anySegment = oneof(
  anyText,
  base64String(),
  uint8Array({ maxLength: 60 }).map(encode),
  jsonValue().map((value) => encode(JSON.stringify(value))),
);

describe('the parser, whatever it is given', () => {
  const runs = { numRuns: 3_000 };

  it('V6 V7 throws nothing but a refusal', () => {
    assert(property(anyText, isJudged), runs);
    assert(
      property(tuple(anySegment, anySegment, anySegment), (segments) => isJudged(segments.join('.'))),
      runs,
    );
  });

  it('V6 accepts a token in no second spelling: what it accepts is what encoding its parts again yields', () => {
    assert(
      property(jsonValue(), uint8Array({ minLength: 1, maxLength: 40 }), (value, signature) => {
        const payload = JSON.stringify({ value });
        const token = ['{}', payload, signature].map(encode).join('.');
        const { claims } = parseCompactJwt(token);
        return JSON.stringify(claims) === JSON.stringify(JSON.parse(payload));
      }),
      runs,
    );
  });

  it('V6 refuses any character put in anywhere that is no base64url', () => {
    const token = ['{"alg":"RS256"}', '{"sub":"ada"}', 'signature'].map(encode).join('.');
    for (let at = 0; at <= token.length; at += 1) {
      for (const strange of [' ', '\n', '\t', '=', '+', '/', '\0', '.', '%', 'é', '\u200b']) {
        const text = token.slice(0, at) + strange + token.slice(at);
        expect(() => parseCompactJwt(text)).toThrow(ProviderTokenRefusedError);
      }
    }
  });

  it('tells the look of a JWT of any text at all', () => {
    assert(
      property(anyText, (text) => typeof looksLikeJwt(text) === 'boolean'),
      runs,
    );
  });
});
