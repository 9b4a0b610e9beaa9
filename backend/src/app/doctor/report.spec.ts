import { fail, ok, warn } from './finding';
import { asJson, asText, diagnosisOf, exitCodeOf } from './report';

const sick = diagnosisOf([
  ok('database', 'PostgreSQL 15.14'),
  warn('trusted proxies', 'none', 'Set TRUSTED_PROXIES.'),
  fail('redis', 'ECONNREFUSED', 'Start Redis.'),
]);

it('tells a line each, in columns, with the mend beneath and a sum', () => {
  expect(asText(sick)).toBe(
    [
      'ok    database         PostgreSQL 15.14',
      'warn  trusted proxies  none',
      '      → Set TRUSTED_PROXIES.',
      'FAIL  redis            ECONNREFUSED',
      '      → Start Redis.',
      '',
      '1 ok, 1 warn, 1 FAIL',
      '',
    ].join('\n'),
  );
});

it('tells the same as JSON', () => {
  expect(JSON.parse(asJson(sick))).toEqual({
    healthy: false,
    findings: [
      { status: 'ok', subject: 'database', message: 'PostgreSQL 15.14' },
      { status: 'warn', subject: 'trusted proxies', message: 'none', mend: 'Set TRUSTED_PROXIES.' },
      { status: 'fail', subject: 'redis', message: 'ECONNREFUSED', mend: 'Start Redis.' },
    ],
  });
});

it('ends with 1 where something failed, and with 0 in spite of warnings', () => {
  expect(exitCodeOf(sick)).toBe(1);
  expect(exitCodeOf(diagnosisOf([warn('redis', 'slow', 'Wait.')]))).toBe(0);
});
