import type { ProviderDefinition } from './provider-definition';
import { checkedClients, clientsOfVariable, providerClients } from './provider-clients';
import { ProviderSettingsError } from './provider-definition';

const read = (value: string | undefined) => clientsOfVariable('GOOGLE_CLIENT_ID', value);
const faultsOf = (value: string): readonly string[] => read(value).faults;

describe('the client ids of a variable', () => {
  it.each<[string, unknown[]]>([
    ['web', ['web']],
    [' web , android,ios ', ['web', 'android', 'ios']],
    ['web,ios;platform=ios;nonce=required', ['web', { id: 'ios', platform: 'ios', nonce: 'required' }]],
    [
      ' web ; nonce = if-present , tv;platform=tv',
      [
        { id: 'web', nonce: 'if-present' },
        { id: 'tv', platform: 'tv' },
      ],
    ],
    ['a=b==;platform=web', [{ id: 'a=b==', platform: 'web' }]],
    ['!"#$%&\'()*+-./:<=>?@[\\]^_`{|}~', ['!"#$%&\'()*+-./:<=>?@[\\]^_`{|}~']],
    ['__proto__,constructor;nonce=off', ['__proto__', { id: 'constructor', nonce: 'off' }]],
  ])('are %p as %j', (value, clients) => expect(read(value)).toEqual({ clients, faults: [] }));

  it.each([undefined, '', ' ', ',', ' , '])('have a fault where there is none: %p', (value) => {
    const faults = ['GOOGLE_CLIENT_ID: expected one or several client ids, comma separated'];
    expect(read(value)).toEqual({ clients: [], faults });
  });

  it.each([
    [';platform=ios', 'client 1: expected a client id, not an empty one'],
    [',ios', 'client 1: expected a client id, not an empty one'],
    ['web,', 'client 2: expected a client id, not an empty one'],
    ['web,,ios', 'client 2: expected a client id, not an empty one'],
    ['web,web', 'expected every client id once'],
    ['web,ios;platform=ios,ios;nonce=required', 'expected every client id once'],
    ['web;color=red', 'client 1: expected no attributes but platform and nonce'],
    ['web;Platform=ios', 'client 1: expected no attributes but platform and nonce'],
    ['web;__proto__=x', 'client 1: expected no attributes but platform and nonce'],
    ['web;', 'client 1: expected no attributes but platform and nonce'],
    ['web,ios;platform=iphone', 'client 2: expected platform to be one of web, android, ios, desktop, tv'],
    ['web,ios;platform', 'client 2: expected platform to be one of web, android, ios, desktop, tv'],
    ['web;nonce=on', 'client 1: expected nonce to be one of off, if-present, required'],
    ['web;nonce=Required', 'client 1: expected nonce to be one of off, if-present, required'],
    ['web;nonce=required=off', 'client 1: expected nonce to be one of off, if-present, required'],
    ['web;nonce=toString', 'client 1: expected nonce to be one of off, if-present, required'],
    ['web;nonce=required;nonce=off', 'client 1: expected every attribute once'],
    ['we b', expect.stringMatching(/^client 1: expected a client id of printable ASCII/)],
    ['web\u0000', expect.stringMatching(/^client 1: expected a client id of printable ASCII/)],
    ['wéb', expect.stringMatching(/^client 1: expected a client id of printable ASCII/)],
  ] as [string, string][])('have a fault, and no clients, in %j', (value, fault) => {
    const { clients, faults } = read(value);
    expect(clients).toEqual([]);
    expect(faults.map((one) => one.replace(/^GOOGLE_CLIENT_ID: /, ''))).toEqual([fault]);
    expect(faults[0]).toMatch(/^GOOGLE_CLIENT_ID: /);
  });

  it('have all faults at once', () => {
    expect(faultsOf('web;nonce=on;color=red,ios;platform=x').map((fault) => fault.slice(18, 26))).toEqual([
      'client 1',
      'client 1',
      'client 2',
    ]);
  });
});

describe('the clients of a provider', () => {
  it('are those of the list with their defaults, the first of which is the web client', () => {
    expect(checkedClients('google', ['web', 'phone', { id: 'ios', platform: 'ios', nonce: 'required' }])).toEqual([
      { id: 'web', platform: 'web', nonce: 'off' },
      { id: 'phone', platform: undefined, nonce: 'if-present' },
      { id: 'ios', platform: 'ios', nonce: 'required' },
    ]);
    expect(
      checkedClients('google', [
        { id: 'tv', platform: 'tv' },
        { id: 'x', nonce: undefined },
      ]),
    ).toEqual([
      { id: 'tv', platform: 'tv', nonce: 'off' },
      { id: 'x', platform: undefined, nonce: 'if-present' },
    ]);
  });

  it.each([
    undefined,
    null,
    'web',
    [],
    [''],
    [undefined],
    [null],
    [7],
    [['web']],
    [{}],
    [{ id: 7 }],
    ['web,ios'],
    ['web;nonce=required'],
    ['web', { id: 'web' }],
    [{ id: 'web', nonce: true }],
    [{ id: 'web', platform: 'Web' }],
    [{ id: 'web', plattform: 'web' }],
  ])('are not %j, whatever the types of the host said', (clientIds) => {
    expect(() => checkedClients('google', clientIds)).toThrow(ProviderSettingsError);
  });
});

describe('which client a token was issued to', () => {
  const definition = (name: string, clients: ProviderDefinition['clients']): ProviderDefinition =>
    ({ name, clients }) as ProviderDefinition;
  const settings = { google: { clientIds: ['web', { id: 'ios', platform: 'ios', nonce: 'required' }] }, other: {} };
  const clients = providerClients(
    [
      definition('google', (given) => (given as typeof settings.google).clientIds as string[]),
      definition('other', undefined),
    ],
    settings,
  );

  it('is told by the provider and the client id', () => {
    expect(clients.of('google', 'web')).toEqual({ id: 'web', platform: 'web', nonce: 'off' });
    expect(clients.of('google', 'ios')).toEqual({ id: 'ios', platform: 'ios', nonce: 'required' });
  });

  it('is not known of a client of another provider: its nonce is checked if it was issued here', () => {
    for (const [provider, id] of [
      ['other', 'web'],
      ['nobody', 'web'],
      ['constructor', '__proto__'],
    ] as const) {
      expect(clients.of(provider, id)).toEqual({ id, platform: undefined, nonce: 'if-present' });
    }
  });

  it('is not known of a token that names no client: it gets no further than the strictest client of its provider', () => {
    expect(clients.of('google', 'https://api.example.com/').nonce).toBe('required');
  });
});
