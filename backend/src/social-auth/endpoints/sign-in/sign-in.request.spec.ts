import { codeOf, refusalOf } from '../../../../test/support/refusal-of';
import { MAXIMUM_TOKEN_LENGTH } from '../../verification/compact-jwt';
import { ValidatedBody } from '../http/validated-body';
import { postedCredential, SignInRequest } from './sign-in.request';

const validate = (body: unknown): Promise<unknown> =>
  new ValidatedBody().transform(body, { type: 'body', metatype: SignInRequest });
const refused = async (body: unknown): Promise<string> => {
  const { code, message } = await refusalOf(() => validate(body));
  return `${code}: ${message}`;
};

describe('the body of a sign-in', () => {
  it.each(['id_token', 'access_token', 'auth_token'] as const)('is one %s', async (field) => {
    const body = (await validate({ [field]: 'a-token' })) as SignInRequest;
    expect(postedCredential(body)).toEqual({ kind: field, token: 'a-token' });
  });

  it.each([
    {},
    { id_token: null },
    { id_token: 'a', access_token: 'b' },
    { id_token: 'a', auth_token: 'a' },
    { access_token: 'a', auth_token: 'b' },
    { id_token: 'a', access_token: 'b', auth_token: 'c' },
  ])('is exactly one: %j', async (body) => {
    const request = (await validate({ ...body })) as SignInRequest;
    expect(await codeOf(() => postedCredential(request))).toBe('invalid_request');
  });

  it('may name the others as null', async () => {
    const body = (await validate({ id_token: 'a', access_token: null, auth_token: null })) as SignInRequest;
    expect(postedCredential(body)).toEqual({ kind: 'id_token', token: 'a' });
  });

  it.each([
    { id_token: '' },
    { id_token: 1 },
    { id_token: true },
    { id_token: {} },
    { id_token: ['a'] },
    { id_token: 'a', issuer: 'https://evil.example' },
    { id_token: 'a', toString: 'x' },
    { id_token: 'a', constructor: { prototype: {} } },
    JSON.parse('{"id_token":"a","__proto__":{"id_token":"b"}}') as object,
    [{ id_token: 'a' }],
    [],
    'a',
    1,
    true,
  ])('H3 is not %j', async (body) => expect(await refused(body)).toMatch(/^invalid_request/));

  it('V16 is at most 16 KB of token', async () => {
    expect(await validate({ id_token: 'x'.repeat(MAXIMUM_TOKEN_LENGTH) })).toBeDefined();
    expect(await refused({ id_token: 'x'.repeat(MAXIMUM_TOKEN_LENGTH + 1) })).toMatch(/^invalid_request/);
  });

  it('H4 is named in the refusal by its fields, never by its values or by strange names', async () => {
    const error = await refusalOf(() => validate({ id_token: ['secret-value'], 'secret-name': 'x' }));
    const { detail } = error.getResponse() as { detail: string };
    expect(detail).toContain('id_token');
    expect(detail).toContain('a field that is not known here');
    expect(detail).not.toMatch(/secret/);
  });

  it('M10 is what the whole request says: no prototype is changed by it', async () => {
    await refused(
      JSON.parse('{"id_token":"a","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
