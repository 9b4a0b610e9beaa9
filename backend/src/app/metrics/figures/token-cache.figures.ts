import type { LookupFigures } from '../../../social-auth';
import type { Figure } from './figure';

/** How presented tokens are found: in memory, or by asking the database. */
export function tokenCacheFigures(lookups: LookupFigures): Figure[] {
  return [
    {
      name: 'social_auth_token_cache_requests_total',
      help: 'Presented tokens of the right form, by result: hit (answered from memory) or miss (left to the database).',
      type: 'counter',
      labels: ['result'],
      read: () => [
        { labels: { result: 'hit' }, value: lookups.hits },
        { labels: { result: 'miss' }, value: lookups.misses },
      ],
    },
    {
      name: 'social_auth_token_cache_entries',
      help: 'Tokens in memory.',
      type: 'gauge',
      read: () => [{ value: lookups.cached }],
    },
    {
      name: 'social_auth_token_lookup_statements_total',
      help: 'Statements that looked tokens up, each of them many at once.',
      type: 'counter',
      read: () => [{ value: lookups.statements }],
    },
    {
      name: 'social_auth_token_lookups_total',
      help: 'Tokens that were looked up by these statements.',
      type: 'counter',
      read: () => [{ value: lookups.questions }],
    },
    {
      name: 'social_auth_token_lookups_repeated_total',
      help: 'Look-ups that were repeated because their token or account changed meanwhile.',
      type: 'counter',
      read: () => [{ value: lookups.repeated }],
    },
    {
      name: 'social_auth_token_lookups_turned_away_total',
      help: 'Look-ups that were refused because too many were waiting, or for too long.',
      type: 'counter',
      read: () => [{ value: lookups.turnedAway }],
    },
  ];
}
