import type { SignInFigures } from '../../../social-auth';
import type { Figure } from './figure';

/** How the sign-ins of people who return reach the database. */
export function batchedSignInFigures(signIns: SignInFigures): Figure[] {
  return [
    {
      name: 'social_auth_sign_in_batches_total',
      help: 'Round trips to the database for sign-ins of people who return, each for many at once.',
      type: 'counter',
      read: () => [{ value: signIns.statements }],
    },
    {
      name: 'social_auth_sign_ins_batched_total',
      help: 'Sign-ins that these round trips carried, those included that had to be done alone after all.',
      type: 'counter',
      read: () => [{ value: signIns.questions }],
    },
    {
      name: 'social_auth_sign_ins_turned_away_total',
      help: 'Sign-ins that were refused because too many were waiting, or for too long.',
      type: 'counter',
      read: () => [{ value: signIns.turnedAway }],
    },
  ];
}
