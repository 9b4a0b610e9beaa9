import type { ProviderHabits } from '../providers/sign-in.provider';

/**
 * The fields of a form that its answer consists of: the code, or the error in its place, to which request, and from
 * whom. [RFC 6749 4.1.2, RFC 9207 2] A form may hold more; but addresses end up in logs and histories, where neither
 * tokens nor sentences belong.
 */
const ANSWER = ['state', 'iss', 'code', 'error'] as const;

/** What of a provider's form goes on to the callback in an address: each field once, and no other. */
export function formQuery(
  form: Partial<Record<string, string>>,
  { cancelledError }: Pick<ProviderHabits, 'cancelledError'>,
): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ANSWER) {
    const value = form[name];
    if (value !== undefined) query.set(name, value);
  }
  if (cancelledError !== undefined && form.error === cancelledError) query.set('error', 'access_denied');
  return query;
}
