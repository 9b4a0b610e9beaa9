import { reasonOf } from './failure-reason';

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });

it.each([
  ['an error of the system', refused, 'connect ECONNREFUSED 127.0.0.1:1'],
  [
    'several of them without a word',
    Object.assign(new AggregateError([refused]), { code: 'ECONNREFUSED' }),
    'ECONNREFUSED',
  ],
  [
    'one at the root of others',
    new Error('https://issuer.example did not answer', { cause: new TypeError('fetch failed', { cause: refused }) }),
    'https://issuer.example did not answer (ECONNREFUSED)',
  ],
  [
    'the system before our own code',
    Object.assign(new Error('no answer', { cause: refused }), { code: 'provider_unavailable' }),
    'no answer (ECONNREFUSED)',
  ],
  ['nothing of our own code', Object.assign(new Error('no answer'), { code: 'provider_unavailable' }), 'no answer'],
  ['several at the root', new Error('no answer', { cause: new AggregateError([refused]) }), 'no answer (ECONNREFUSED)'],
  [
    'a cause without a code',
    new Error('no answer', { cause: new Error('it is too large') }),
    'no answer (it is too large)',
  ],
  ['one of several lines', new Error('first\nsecond'), 'first'],
  ['one without a message', new TypeError(''), 'TypeError'],
  ['what is no error', 'secret', 'unknown'],
])('tells %s in a line', (_what, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

it('tells no password and no e-mail address', () => {
  expect(reasonOf(new Error('postgres://app:hunter2@db refused eve@example.com'))).not.toMatch(/hunter2|eve@/);
});
