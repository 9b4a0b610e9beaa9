import { assert, boolean, constant, double, integer, oneof, option, property, record } from 'fast-check';
import { decideRotation, type RotationState } from './rotation-decision';

const GRACE = 30;
const FRESH = { isUsed: false, isEnded: false };

/** A token that nobody has rotated yet. */
const state = (changes: Partial<RotationState> = {}): RotationState => ({
  isValid: true,
  isIdle: false,
  secondsSinceRotation: null,
  rotations: 0,
  successor: undefined,
  ...changes,
});

/** A token that was rotated so long ago. */
const rotated = (secondsSinceRotation: number, changes: Partial<RotationState> = {}): RotationState =>
  state({ secondsSinceRotation, rotations: 1, successor: FRESH, ...changes });

describe('what becomes of a token that is to be rotated', () => {
  it.each<[string, RotationState]>([
    ['was revoked or has expired', state({ isValid: false })],
    ['has lain unused for too long', state({ isIdle: true })],
    ['has lain unused for too long within the grace', rotated(10, { isIdle: true })],
    ['has lain unused for too long, like its successor', rotated(31, { isIdle: true })],
    [
      'has a successor that was revoked or lay unused for too long',
      rotated(31, { successor: { ...FRESH, isEnded: true } }),
    ],
    ['has a successor that was deleted', rotated(31, { successor: undefined })],
    ['was rotated twice', rotated(31, { rotations: 2 })],
    ['was revoked, its successor used', rotated(31, { isValid: false, successor: { isUsed: true, isEnded: true } })],
  ])('is refused where it %s', (_why, given) => {
    expect(decideRotation(given, GRACE)).toBe('ended');
  });

  it.each([0, 29.999])('is told that it was rotated already %d s ago, within the grace', (seconds) => {
    expect(decideRotation(rotated(seconds), GRACE)).toBe('already_rotated');
  });

  it('is told so even where its successor is in use: two tabs may well rotate at once', () => {
    expect(decideRotation(rotated(5, { successor: { isUsed: true, isEnded: false } }), GRACE)).toBe('already_rotated');
  });

  it.each<[string, Partial<RotationState>]>([
    ['is in use', { successor: { isUsed: true, isEnded: false } }],
    ['was used and has ended', { successor: { isUsed: true, isEnded: true } }],
    [
      'is in use, though the token itself lay unused for too long',
      { successor: { isUsed: true, isEnded: false }, isIdle: true },
    ],
    ['is in use, and the second of them', { successor: { isUsed: true, isEnded: false }, rotations: 2 }],
  ])('is taken for stolen after the grace where its successor %s', (_why, changes) => {
    expect(decideRotation(rotated(30, changes), GRACE)).toBe('reuse');
  });

  it('rotates', () => {
    expect(decideRotation(state(), GRACE)).toBe('rotate');
  });

  it('rotates once more after the grace, for an answer that was lost', () => {
    expect(decideRotation(rotated(30), GRACE)).toBe('rotate_again');
  });

  it('waits for nothing where there is no grace', () => {
    expect(decideRotation(rotated(0), 0)).toBe('rotate_again');
  });

  it('gives a successor to no token that is not valid, idle or rotated twice, whatever else is true', () => {
    const anyState = record<RotationState>({
      isValid: boolean(),
      isIdle: boolean(),
      secondsSinceRotation: oneof(constant(null), double({ min: -2, max: 1e6, noNaN: true })),
      rotations: integer({ min: 0, max: 3 }),
      successor: option(record({ isUsed: boolean(), isEnded: boolean() }), { nil: undefined }),
    });
    assert(
      property(anyState, integer({ min: 0, max: 600 }), (given, grace) => {
        const decision = decideRotation(given, grace);
        if (decision !== 'rotate' && decision !== 'rotate_again') return true;
        const { isValid, isIdle, secondsSinceRotation, rotations, successor } = given;
        const isSecond = secondsSinceRotation !== null;
        const isDue = !isSecond || (secondsSinceRotation >= grace && rotations < 2 && successor?.isUsed === false);
        return isValid && !isIdle && isDue && isSecond === (decision === 'rotate_again');
      }),
      { numRuns: 2_000 },
    );
  });
});
