import { readForm } from './auth.request';
import { formQuery } from './form.query';

const apple = { cancelledError: 'user_cancelled_authorize' };

/** What goes on of a form, from its body as it is posted. */
async function passedOn(body: string, habits: { cancelledError?: string } = apple): Promise<string> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const form = await readForm(new Request('http://localhost:3000', { method: 'POST', headers, body }));
  if (typeof form === 'number') throw new Error(`no form: ${form}`);
  return formQuery(form, habits).toString();
}

describe('F4 what goes on of a form that a provider answers by', () => {
  it('is the code, and who answers whom, so that an answer of another issuer is found out', async () => {
    expect(await passedOn('code=c&iss=https%3A%2F%2Fidp.example&state=s')).toBe(
      'state=s&iss=https%3A%2F%2Fidp.example&code=c',
    );
  });

  it('is an issuer alone that was named', async () => {
    expect(await passedOn('state=s&code=c')).toBe('state=s&code=c');
  });

  it.each([
    ['user_cancelled_authorize', 'access_denied'],
    ['access_denied', 'access_denied'],
    ['server_error', 'server_error'],
  ])('is the error %s as %s', async (error, known) => {
    expect(await passedOn(`state=s&iss=i&error=${error}`)).toBe(`state=s&iss=i&error=${known}`);
  });

  it('is the error as it came where the provider has no word of its own for a person who cancels', async () => {
    expect(await passedOn('state=s&error=user_cancelled_authorize', {})).toBe('state=s&error=user_cancelled_authorize');
  });

  it.each([
    ['tokens', 'id_token=a.b.c&access_token=t&token_type=Bearer&expires_in=60&response=a.b.c'],
    ['sentences', 'error_description=Ada+Winter+said+no&error_uri=https%3A%2F%2Fevil.example'],
    ['the name of the person', 'user=%7B%22name%22%3A%7B%22firstName%22%3A%22Ada%22%7D%7D'],
    ['anything else', 'session_state=x&callbackUrl=https%3A%2F%2Fevil.example&constructor=x&__proto__=x'],
  ])('has no %s', async (_what, more) => {
    expect(await passedOn(`state=s&code=c&${more}`)).toBe('state=s&code=c');
  });

  it('has each field once', async () => {
    expect(await passedOn('state=r&state=s&iss=h&iss=i&code=b&code=c')).toBe('state=s&iss=i&code=c');
  });
});
