import { IsString } from 'class-validator';
import { InvalidRequestError } from '../../errors/social-auth.error';
import { SignInRequest } from '../sign-in/sign-in.request';
import { ValidatedBody } from './validated-body';

const validate = (body: unknown): Promise<unknown> =>
  new ValidatedBody().transform(body, { type: 'body', metatype: SignInRequest });

const nested = (levels: number): unknown => JSON.parse(`${'{"id_token":'.repeat(levels)}"x"${'}'.repeat(levels)}`);

describe('a validated body', () => {
  it('arrives as it was sent', async () => {
    expect(await validate({ id_token: 'abc' })).toEqual({ id_token: 'abc' });
  });

  it('is an object of its class, and another than was sent', async () => {
    const sent = { id_token: 'abc' };
    const body = await validate(sent);
    expect(body).toBeInstanceOf(SignInRequest);
    expect(body).not.toBe(sent);
  });

  it('calls no setter of its class', async () => {
    const heard: unknown[] = [];
    class Request {
      @IsString() name!: string;
      set role(value: unknown) {
        heard.push(value);
      }
    }
    const body = new ValidatedBody().parse(Request, { name: 'Ada', role: 'admin' });
    await expect(body).rejects.toBeInstanceOf(InvalidRequestError);
    expect(heard).toEqual([]);
  });

  it('is refused where its class says nothing of it', async () => {
    const body = new ValidatedBody().transform({ id_token: 'abc' }, { type: 'body', metatype: Object });
    await expect(body).rejects.toBeInstanceOf(InvalidRequestError);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'id_token'],
    ['a number', 1],
    ['a list', []],
    ['an object in a member', { id_token: {} }],
    ['a list of lists', { id_token: [['x']] }],
    ['two levels', nested(2)],
    ['D7 30,000 levels', nested(30_000)],
  ])('is no %s', async (_what, body) => {
    await expect(validate(body)).rejects.toBeInstanceOf(InvalidRequestError);
  });

  it.each(['toString', 'constructor', 'hasOwnProperty', '__proto__', 'issuer'])('has no field %s', async (name) => {
    const body: unknown = JSON.parse(`{"id_token":"abc","${name}":"x"}`);
    await expect(validate(body)).rejects.toMatchObject({
      response: { detail: expect.stringContaining('not known') as string },
    });
  });

  it('M12 tells the first fault of each field and nothing that was sent', async () => {
    const error: unknown = await validate({ id_token: 7, access_token: '', secret: 'marker' }).catch(
      (reason: unknown) => reason,
    );
    const { detail } = (error as InvalidRequestError).getResponse() as { detail: string };
    expect(detail).toContain('id_token must be a string.');
    expect(detail).not.toMatch(/marker|secret/);
  });
});
