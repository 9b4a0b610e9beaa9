import { refusalOf } from '../../../../test/support/refusal-of';
import { readAppleBody } from './apple-user';

const id_token = 'token';
const name = { firstName: 'Ada', lastName: 'Winter' };
const read = (user: unknown): unknown => readAppleBody({ id_token, user });

describe('M10 what a client says of a person beside a token of Apple', () => {
  it('is a name, and taken off the body', () => {
    expect(read({ name })).toEqual({ body: { id_token }, claimedName: 'Ada Winter' });
  });

  it('is nothing of the address that Apple’s form has too', () => {
    expect(read({ name, email: 'victim@example.com' })).toEqual({ body: { id_token }, claimedName: 'Ada Winter' });
    expect(read({ email: { deep: ['victim@example.com'] } })).toEqual({ body: { id_token } });
  });

  it.each([
    [{ firstName: 'Ada' }, 'Ada'],
    [{ lastName: 'Winter', firstName: null }, 'Winter'],
    [{ firstName: '  Ada ', lastName: '\u0000\u202eWinter\n' }, 'Ada Winter'],
    [{ firstName: '<b>Ada</b>' }, '<b>Ada</b>'],
    [{ firstName: 'A'.repeat(5_000), lastName: 'W' }, 'A'.repeat(200)],
    [{ firstName: '', lastName: ' ' }, undefined],
    [{}, undefined],
  ])('is bounded text: %j', (parts, claimedName) => {
    expect(read({ name: parts })).toEqual({ body: { id_token }, claimedName });
  });

  it.each([undefined, null, {}, { name: null }])('is nothing in %j', (user) => {
    expect(read(user)).toEqual({ body: { id_token } });
  });

  it.each([
    ['Ada', 'user must be an object.'],
    ['{"name":{"firstName":"Ada"}}', 'user must be an object.'],
    [[{ name }], 'user must be an object.'],
    [7, 'user must be an object.'],
    [{ name, email_verified: true }, 'user must have no members but name and email.'],
    [{ name, sub: '1' }, 'user must have no members but name and email.'],
    [JSON.parse('{"__proto__":{"name":{}}}'), 'user must have no members but name and email.'],
    [{ name: 'Ada' }, 'user.name must be an object.'],
    [{ name: [] }, 'user.name must be an object.'],
    [{ name: { ...name, roles: ['admin'] } }, 'user.name must have no members but firstName and lastName.'],
    [{ name: { firstName: 7 } }, 'user.name.firstName must be a string.'],
    [{ name: { lastName: { toString: 'x' } } }, 'user.name.lastName must be a string.'],
  ])('is refused as %j', async (user, message) => {
    const { code, ...error } = await refusalOf(() => read(user));
    expect({ code, ...error }).toMatchObject({ code: 'invalid_request', response: { detail: message } });
  });

  it.each([undefined, null, 'text', [], 7, { id_token }, { id_token, user_: {} }, Object.create({ user: { name } })])(
    'leaves a body without it as it came: %p',
    (body) => expect(readAppleBody(body).body).toBe(body),
  );

  it('leaves whatever else a body has for others to refuse', () => {
    expect(readAppleBody({ id_token, email: 'e', user: { name } }).body).toEqual({ id_token, email: 'e' });
  });
});
