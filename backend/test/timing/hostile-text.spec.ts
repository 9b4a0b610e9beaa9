import { loggedPathOf } from '../../src/app/logging/path-of';
import { scrubText } from '../../src/app/logging/scrub-text';
import { MAXIMUM_TOKEN_LENGTH, parseCompactJwt } from '../../src/social-auth/verification/compact-jwt';
import { dearer, expectNoAgreement, inTurns, quantile } from './measurements';

const ROUNDS = 15;
/** What grows with the length of a text takes so many times as long for one that is eight times as long, and not 64. */
const EIGHTFOLD = { factor: 24, promised: 1 };
/** What is refused, or cut, by its length alone costs no more however long it is. */
const BY_LENGTH = { factor: 8, promised: 1 };

const compare = (
  name: string,
  small: () => unknown,
  large: () => unknown,
  allowed: { factor: number; promised: number },
): Promise<void> =>
  expectNoAgreement(async () => {
    const samples = await inTurns(ROUNDS, { small, large });
    return dearer(name, quantile(samples.large), quantile(samples.small), allowed);
  });

/** Swallows a refusal: what it costs is what is measured. */
const refused = (token: string) => (): void => expect(() => parseCompactJwt(token)).toThrow();

describe('text that an attacker chose', () => {
  it.each(['/', 'a@', '%40', 'eyJ', '//a:'])('L1 of %j in a path costs work by its length alone', async (piece) => {
    const path = (length: number): string => piece.repeat(length / piece.length);
    await compare(
      'a path',
      () => loggedPathOf(path(2_000)),
      () => loggedPathOf(path(16_000)),
      EIGHTFOLD,
    );
  });

  it.each(['a@', 'eyJ', 'a@b.', '://a:'])('L1 of %j in a message costs work by its length alone', async (piece) => {
    const text = (length: number): string => piece.repeat(length / piece.length);
    await compare(
      'a message',
      () => scrubText(text(250)),
      () => scrubText(text(2_000)),
      EIGHTFOLD,
    );
    const [cut, long] = [text(2_400), text(2_000_000)];
    await compare(
      'a long message',
      () => scrubText(cut),
      () => scrubText(long),
      BY_LENGTH,
    );
  });

  it('V16 in the place of a token costs nothing where it is too long', async () => {
    const [small, large] = [MAXIMUM_TOKEN_LENGTH + 4, 5_000_000].map((length) => `e30.${'A'.repeat(length)}.AAAA`);
    await compare('a token', refused(small!), refused(large!), BY_LENGTH);
  });
});
