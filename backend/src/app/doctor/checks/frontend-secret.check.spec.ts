import { secretFinding } from './frontend-secret.check';

it('says whether there is a secret, and never which', () => {
  const secret = 'a-secret-that-nobody-may-see-here';
  expect(secretFinding(secret).status).toBe('ok');
  expect(JSON.stringify(secretFinding(secret))).not.toContain(secret);
  expect(secretFinding(undefined)).toMatchObject({
    status: 'warn',
    mend: expect.stringContaining('openssl') as string,
  });
});
