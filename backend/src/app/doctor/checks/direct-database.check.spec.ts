import { directFinding, sameAddressFinding, type DatabaseIdentity } from './direct-database.check';

const used: DatabaseIdentity = { role: 'app', name: 'app', started: '10:00', mayCreate: false };
const owner: DatabaseIdentity = { ...used, role: 'app_owner', mayCreate: true };

it.each([
  ['the owner', owner, 'ok'],
  ['somebody who may create nothing', used, 'fail'],
  ['another database', { ...owner, name: 'other' }, 'fail'],
  ['another server', { ...owner, started: '11:00' }, 'fail'],
])('migrations as %s', (_who, direct, status) => {
  expect(directFinding(used, direct, 'db:5432/app').status).toBe(status);
});

it('is wanted behind a pooler', () => {
  expect(sameAddressFinding({ pooled: false }).status).toBe('ok');
  expect(sameAddressFinding({ pooled: true })).toMatchObject({ status: 'warn' });
});
