import { codeOf } from '../../../../test/support/refusal-of';
import type { JsonObject } from '../../verification/compact-jwt';
import { isMachineToken, isNoMachine, machineIs } from './auth0-machine';

const machine = { azp: 'job', sub: 'job@clients', gty: 'client-credentials' };

describe('a token of a machine', () => {
  it.each<[string, JsonObject]>([
    ['both of its claims', machine],
    ['its grant alone', { sub: 'auth0|ada', gty: 'client-credentials' }],
    ['its subject alone', { sub: 'job@clients' }],
  ])('is known by %s', (_name, claims) => expect(isMachineToken(claims)).toBe(true));

  it.each<[string, JsonObject]>([
    ['a person', { sub: 'auth0|ada' }],
    ['a person whose name in a database ends like a machine’s subject', { sub: 'auth0|ada@clients' }],
    ['another grant', { sub: 'auth0|ada', gty: 'password' }],
    ['a grant in a list', { sub: 'auth0|ada', gty: ['client-credentials'] }],
    ['nothing before the ending', { sub: '@clients' }],
    ['no subject', {}],
    ['a subject that is no text', { sub: ['job@clients'] }],
  ])('is not that of %s', (_name, claims) => expect(isMachineToken(claims)).toBe(false));

  it('is one of ours where its client is listed', () => {
    expect(() => machineIs(['other', 'job'])(machine)).not.toThrow();
    expect(() => machineIs(['job'])({ client_id: 'job', sub: 'job@clients' })).not.toThrow();
  });

  it.each<[string, JsonObject, string]>([
    ['a client that is not listed', { ...machine, azp: 'eve', sub: 'eve@clients' }, 'provider_token_wrong_audience'],
    ['two clients', { ...machine, client_id: 'eve' }, 'provider_token_wrong_audience'],
    ['a second client of another type', { ...machine, client_id: ['job'] }, 'provider_token_wrong_audience'],
    ['the subject of another machine', { ...machine, sub: 'eve@clients' }, 'provider_token_invalid'],
    ['the subject of a person', { ...machine, sub: 'auth0|ada' }, 'provider_token_invalid'],
    ['another grant', { ...machine, gty: 'password' }, 'provider_token_invalid'],
    ['no client', { sub: 'job@clients', gty: 'client-credentials' }, 'provider_token_invalid'],
    ['a client in a list', { ...machine, azp: ['job'] }, 'provider_token_invalid'],
  ])('G7 is refused with %s', async (_name, claims, code) =>
    expect(await codeOf(() => machineIs(['job'])(claims))).toBe(code),
  );

  it('is refused where no machine is listed', () => expect(() => machineIs([])(machine)).toThrow());

  it('is never an ID token', () => {
    expect(() => isNoMachine(machine)).toThrow();
    expect(() => isNoMachine({ sub: 'auth0|ada' })).not.toThrow();
  });
});
