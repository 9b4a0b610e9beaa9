import { openIdConnect } from './open-id-connect';

const provider = { id: 'p', title: 'P', issuer: 'https://issuer.example', clientId: 'c', clientSecret: 's' };

describe('the authorization request', () => {
  it('asks for a new sign-in only where one is needed', () => {
    expect(openIdConnect(provider).authorization).toEqual({ params: { scope: 'openid email profile' } });
    const anew = openIdConnect(provider, { mustAskAnew: true });
    expect(anew.authorization).toEqual({ params: { scope: 'openid email profile', max_age: 0 } });
  });

  it('asks for what the provider knows, and for an answer by form where it answers so', () => {
    const request = openIdConnect({ ...provider, scope: 'openid name', answersByForm: true });
    expect(request.authorization).toEqual({ params: { scope: 'openid name', response_mode: 'form_post' } });
    expect(request.checks).toEqual(['pkce', 'state', 'nonce']);
  });

  it('F4 is checked in all three ways', () => {
    expect(openIdConnect(provider, { mustAskAnew: true }).checks).toEqual(['pkce', 'state', 'nonce']);
  });
});
