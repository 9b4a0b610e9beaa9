/** What a rotation is decided by; read under the locks of the account, the token and its successor. */
export interface RotationState {
  /** Not revoked, not past its absolute end, of an account that may be used. */
  isValid: boolean;
  /** Whether it has lain unused for longer than it may. */
  isIdle: boolean;
  /** Since its last rotation; null: it was never rotated. */
  secondsSinceRotation: number | null;
  /** How often it was rotated. */
  rotations: number;
  /** The token that took its place; `undefined`: there is none, or it has been deleted. */
  successor: { isUsed: boolean; isEnded: boolean } | undefined;
}

/**
 * What becomes of a token that is to be rotated: `rotate_again` is another successor in place of the unused one, `reuse`
 * ends the family, and `ended` changes nothing.
 */
export type RotationDecision = 'rotate' | 'already_rotated' | 'rotate_again' | 'reuse' | 'ended';

/** An answer that was lost is forgiven once. */
export const MOST_ROTATIONS = 2;

/** Decides whether a token gets a successor. */
export function decideRotation(state: RotationState, graceSeconds: number): RotationDecision {
  const { isValid, isIdle, secondsSinceRotation, rotations, successor } = state;
  if (!isValid) return 'ended';
  if (secondsSinceRotation === null) return isIdle ? 'ended' : 'rotate';
  if (secondsSinceRotation < graceSeconds) return isIdle ? 'ended' : 'already_rotated';
  // Before all that would merely refuse: a thief must not keep the successor because its owner came late.
  if (successor?.isUsed) return 'reuse';
  if (!successor || successor.isEnded || isIdle || rotations >= MOST_ROTATIONS) return 'ended';
  return 'rotate_again';
}
