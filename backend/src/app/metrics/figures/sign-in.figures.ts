import { type AcceptedSignIns, type ErrorCode, errorCatalogue, type RefusalCounter } from '../../../social-auth';
import type { Figure, Reading } from './figure';

/** How sign-ins end. */
export function signInFigures(accepted: AcceptedSignIns, refusals: RefusalCounter): Figure[] {
  return [
    {
      name: 'social_auth_sign_ins_total',
      help: 'Sign-ins by provider, outcome (accepted, refused, failed) and code of the error; accepted ones have none.',
      type: 'counter',
      labels: ['provider', 'outcome', 'code'],
      read: () => [...acceptedReadings(accepted), ...refusedReadings(refusals)],
    },
  ];
}

/** What ended a sign-in: `failed` where nobody can say whether it was right. */
export function outcomeOf(code: string): 'refused' | 'failed' {
  const status = isOfCatalogue(code) ? errorCatalogue[code].status : Number(/^http_(\d+)$/.exec(code)?.[1] ?? 0);
  return status >= 500 ? 'failed' : 'refused';
}

const isOfCatalogue = (code: string): code is ErrorCode => Object.hasOwn(errorCatalogue, code);

function acceptedReadings({ totals }: AcceptedSignIns): Reading[] {
  return [...totals].map(([provider, value]) => ({ labels: { provider, outcome: 'accepted', code: '' }, value }));
}

function refusedReadings({ totals }: RefusalCounter): Reading[] {
  return totals.map(({ provider, code, count }) => ({
    labels: { provider, outcome: outcomeOf(code), code },
    value: count,
  }));
}
