import { assert, integer, property, string, stringMatching } from 'fast-check';
import { TOKEN_PREFIX, TokenFormat } from './token-format';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PATTERN = /^[a-z][a-z0-9]{1,15}_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/;

describe('the format of a token', () => {
  const format = new TokenFormat('nte');

  it('is a prefix, 43 characters of secret and 6 of checksum', () => {
    expect(format.generate()).toMatch(PATTERN);
    expect(format.generate()).toHaveLength('nte_'.length + 49);
  });

  it('T1 makes 100,000 tokens without a repeat, of evenly spread characters', () => {
    const tokens = new Set<string>();
    const counts = new Map([...ALPHABET].map((character) => [character, 0]));
    for (let made = 0; made < 100_000; made += 1) {
      const token = format.generate();
      tokens.add(token);
      // The first two digits of a 256-bit number in base 62 are not quite even by arithmetic: 62^43 is 2 % more than 2^256.
      for (const character of token.slice(6, 47)) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(tokens.size).toBe(100_000);
    expect(counts.size).toBe(62);
    const expected = (100_000 * 41) / 62;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 61 degrees of freedom: above 140 once in thirty million runs, far above with any flaw; below 15 would be no chance either.
    expect(chiSquare).toBeLessThan(140);
    expect(chiSquare).toBeGreaterThan(15);
  });

  it('T1 spreads each position of the secret evenly by itself', () => {
    const samples = Array.from({ length: 20_000 }, () => format.generate());
    for (let position = 6; position < 47; position += 1) {
      const seen = new Set(samples.map((token) => token[position]));
      expect({ position, distinct: seen.size }).toEqual({ position, distinct: 62 });
    }
  });

  it('recognises every token that it made', () => {
    for (let made = 0; made < 5_000; made += 1) expect(format.recognises(format.generate())).toBe(true);
  });

  it('T2 refuses every damage to a single character, at every position', () => {
    const token = format.generate();
    const accepted: string[] = [];
    for (let position = 0; position < token.length; position += 1) {
      for (const character of `${ALPHABET}_-. é`) {
        if (character === token[position]) continue;
        const damaged = token.slice(0, position) + character + token.slice(position + 1);
        if (format.recognises(damaged)) accepted.push(damaged);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('T2 refuses two neighbours that changed places, a lost character, a doubled one and a strange end', () => {
    const token = format.generate();
    const accepted: string[] = [];
    const offer = (damaged: string): void => {
      if (damaged !== token && format.recognises(damaged)) accepted.push(damaged);
    };
    for (let at = 0; at < token.length; at += 1) {
      offer(token.slice(0, at) + (token[at + 1] ?? '') + (token[at] ?? '') + token.slice(at + 2));
      offer(token.slice(0, at) + token.slice(at + 1));
      offer(token.slice(0, at + 1) + token.slice(at));
    }
    for (const end of ['\n', ' ', '=', '\0', '0', token]) offer(token + end);
    for (const start of ['\n', ' ', 'Bearer ', 'x']) offer(start + token);
    offer(token.toUpperCase());
    offer(token.toLowerCase());
    expect(accepted).toEqual([]);
  });

  it('T2 recognises nothing in arbitrary text', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 80 }), (text) => !format.recognises(text)),
      { numRuns: 2_000 },
    );
    assert(
      property(stringMatching(/^nte_[0-9A-Za-z]{49}$/), (text) => !format.recognises(text)),
      { numRuns: 2_000 },
    );
  });

  it('T10 refuses the tokens of another environment, also of one whose prefix begins alike', () => {
    for (const other of ['nt', 'ntex', 'ntetest', 'test']) {
      const foreign = new TokenFormat(other);
      expect(format.recognises(foreign.generate())).toBe(false);
      expect(foreign.recognises(format.generate())).toBe(false);
    }
    const renamed = new TokenFormat('test').generate().replace(/^test/, 'nte');
    expect(format.recognises(renamed)).toBe(false);
  });

  it('makes and recognises tokens of every prefix that is allowed', () => {
    assert(
      property(stringMatching(TOKEN_PREFIX), integer({ min: 0, max: 48 }), (prefix, position) => {
        const own = new TokenFormat(prefix);
        const token = own.generate();
        const at = prefix.length + 1 + position;
        const other = token[at] === '0' ? '1' : '0';
        const damaged = token.slice(0, at) + other + token.slice(at + 1);
        return PATTERN.test(token) && own.recognises(token) && !own.recognises(damaged);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a prefix', () => {
  it.each(['nte', 'a1', 'live', 'abcdefghijklmnop'])('may be %s', (prefix) => expect(prefix).toMatch(TOKEN_PREFIX));

  it.each(['', 'n', 'Nte', '1nte', 'n_te', 'n.*', 'abcdefghijklmnopq', 'nte\n'])('may not be %j', (prefix) =>
    expect(prefix).not.toMatch(TOKEN_PREFIX),
  );
});
