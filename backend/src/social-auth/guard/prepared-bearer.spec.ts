import type { Principal } from '../tokens/principal';
import { PreparedBearer, type FoundPrincipal } from './prepared-bearer';

const principal = { account: { id: 'account' }, token: { id: 'token' } } as Principal;

describe('the strategy of passport-http-bearer, prepared', () => {
  it('hands on the very token, and has the verdict on the spot', () => {
    const asked: string[] = [];
    const bearer = new PreparedBearer((token) => {
      asked.push(token);
      return token === 'known' ? principal : undefined;
    });
    expect(bearer.judge('known')).toBe(principal);
    expect(bearer.judge('unknown')).toBeUndefined();
    expect(asked).toEqual(['known', 'unknown']);
  });

  it('hands on what is to be waited for, also while another one is judged', async () => {
    const answers = new Map<string, (found: Principal | undefined) => void>();
    const bearer = new PreparedBearer((token) => new Promise((resolve) => answers.set(token, resolve)));
    const verdicts = ['first', 'second'].map((token) => bearer.judge(token));
    answers.get('second')?.(undefined);
    answers.get('first')?.(principal);
    expect([await verdicts[0], await verdicts[1]]).toEqual([principal, undefined]);
  });

  it('throws what the look-up throws, and keeps nothing of it', () => {
    const finds: (() => FoundPrincipal)[] = [
      () => principal,
      () => {
        throw new Error('down');
      },
      () => undefined,
    ];
    const bearer = new PreparedBearer(() => finds.shift()?.());
    expect(bearer.judge('a')).toBe(principal);
    expect(() => bearer.judge('b')).toThrow('down');
    expect(bearer.judge('c')).toBeUndefined();
    expect(JSON.stringify(bearer)).not.toMatch(/"[abc]"/);
  });

  it('finds nobody behind no token, and asks nobody', () => {
    const find = jest.fn(() => principal);
    expect(new PreparedBearer(find).judge('')).toBeUndefined();
    expect(find).not.toHaveBeenCalled();
  });
});
