import type { RevocationFigures } from '../../../social-auth';
import type { Figure, Reading } from './figure';

/** How revocations come and go. */
export function revocationFigures(revocations: RevocationFigures): Figure[] {
  return [...feedFigures(revocations), ...hintFigures(revocations)];
}

function feedFigures(revocations: RevocationFigures): Figure[] {
  return [
    {
      name: 'social_auth_revocation_feed_age_seconds',
      help: 'How long ago the last completed reading of the feed of revocations was sent; absent before the first.',
      type: 'gauge',
      read: () => {
        const { feedAgeMs } = revocations.read();
        return feedAgeMs === undefined ? [] : [{ value: feedAgeMs / 1_000 }];
      },
    },
    {
      name: 'social_auth_revocation_feed_fresh',
      help: 'Whether the feed was read so lately that tokens may be answered from memory.',
      type: 'gauge',
      read: () => [{ value: revocations.read().isFresh ? 1 : 0 }],
    },
    {
      name: 'social_auth_revocation_feed_readings_total',
      help: 'Readings of the feed of revocations, by outcome (completed, failed).',
      type: 'counter',
      labels: ['outcome'],
      read: () => {
        const { readings, failedReadings } = revocations.read();
        return [
          { labels: { outcome: 'completed' }, value: readings },
          { labels: { outcome: 'failed' }, value: failedReadings },
        ];
      },
    },
    {
      name: 'social_auth_revocations_applied_total',
      help: 'What was dropped from memory, by what was revoked: a token, an account, or everything.',
      type: 'counter',
      labels: ['kind'],
      read: () => Object.entries(revocations.read().applied).map(([kind, value]) => ({ labels: { kind }, value })),
    },
  ];
}

function hintFigures(revocations: RevocationFigures): Figure[] {
  return [
    {
      name: 'social_auth_revocation_bus_up',
      help: 'Whether hints reach the other replicas; absent where there is no bus.',
      type: 'gauge',
      read: () => {
        const { bus } = revocations.read();
        return bus === 'off' ? [] : [{ value: bus === 'up' ? 1 : 0 }];
      },
    },
    {
      name: 'social_auth_revocation_hints_total',
      help: 'Hints to and from other replicas, by what became of them (sent, failed, received, strange).',
      type: 'counter',
      labels: ['result'],
      read: (): Reading[] => {
        const { sent, failed, received, strange } = revocations.read();
        return Object.entries({ sent, failed, received, strange }).map(([result, value]) => ({
          labels: { result },
          value,
        }));
      },
    },
  ];
}
