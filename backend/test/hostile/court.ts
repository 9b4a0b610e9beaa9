import type { ApiAnswer } from '../support/api-client';
import type { TestApp } from '../support/test-app';

/** How many rows each table of the module has. */
export interface RowCounts {
  accounts: number;
  identities: number;
  tokens: number;
}

/** Counts what a sign-in would have added to. */
export async function countRows({ dataSource }: TestApp): Promise<RowCounts> {
  const [counts] = await dataSource.query<RowCounts[]>(`
    select (select count(*)::int from social_auth_account) as accounts,
           (select count(*)::int from social_auth_identity) as identities,
           (select count(*)::int from social_auth_token) as tokens`);
  if (!counts) throw new Error('Nothing was counted.');
  return counts;
}

/** The parts of a posted text that nobody may repeat: its segments, so far as they are long enough to be told apart. */
export function traces(posted: string): string[] {
  return posted.split(/[.\s]/).filter((part) => part.length >= 20);
}

/** Whether a text repeats any of these. */
export const repeats = (text: string, secrets: readonly string[]): string[] =>
  secrets.filter((secret) => text.includes(secret));

/** Holds a refusal to everything that a refusal must be. */
export function expectRefusal(answer: ApiAnswer, refused: string): void {
  const { status, headers, body } = answer;
  expect(`${status} ${String((body as { code?: unknown } | undefined)?.code)}`).toBe(refused);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(Object.keys(body as object)).toEqual(['type', 'title', 'status', 'code', 'detail']);
  expect(headers.get('www-authenticate')).toEqual(status === 401 ? expect.stringMatching(/^Bearer realm="/) : null);
  expect(headers.get('set-cookie')).toBeNull();
}
