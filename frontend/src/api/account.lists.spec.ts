import { readEvents } from './event.answer';
import { readIdentities } from './identity.answer';
import { readSessions } from './session.answer';

const at = '2026-01-15T08:30:00.000Z';
const instant = Date.parse(at);

describe('the lists about an account', () => {
  it('hold sessions', () => {
    const session = { id: 's1', kind: 'personal', name: 'Backup', created_at: at, last_used_at: null, current: false };
    const ofTelevision = { id: 's2', kind: 'sign_in', platform: 'tv', current: true };
    expect(readSessions({ sessions: [session, ofTelevision] })).toEqual([
      expect.objectContaining({
        id: 's1',
        isPersonal: true,
        name: 'Backup',
        createdAt: instant,
        lastUsedAt: undefined,
        isCurrent: false,
      }),
      expect.objectContaining({ id: 's2', isPersonal: false, platform: 'tv', isCurrent: true }),
    ]);
  });

  it('hold identities, with the provider’s id where it has no title', () => {
    const identity = {
      id: 'i1',
      provider: 'auth0',
      title: 'Auth0',
      email: null,
      email_verified: 'true',
      primary: true,
    };
    expect(readIdentities({ identities: [identity, { ...identity, title: undefined }] })).toEqual([
      expect.objectContaining({ title: 'Auth0', email: undefined, emailVerified: false, isPrimary: true }),
      expect.objectContaining({ title: 'auth0' }),
    ]);
  });

  it('hold events, and tell whether there are older ones', () => {
    const event = { id: 'e1', type: 'signed_in', at, provider: 'google', by_administrator: false, token_id: null };
    expect(readEvents({ events: [event], next: 'e1' })).toMatchObject({
      events: [{ id: 'e1', at: instant }],
      next: 'e1',
    });
    expect(readEvents({ events: [], next: null })).toEqual({ events: [], next: undefined });
  });

  it('leave out what is none of these', () => {
    const junk = [null, 1, 'x', {}, { id: 5 }, []];
    expect(readSessions({ sessions: junk })).toEqual([]);
    expect(readIdentities({ identities: junk })).toEqual([]);
    expect(readEvents({ events: junk })?.events).toEqual([]);
  });

  it.each([undefined, null, [], 'text', { sessions: {}, identities: 1, events: null }])(
    'are not there in %j',
    (body) => {
      expect(readSessions(body)).toBeUndefined();
      expect(readIdentities(body)).toBeUndefined();
      expect(readEvents(body)).toBeUndefined();
    },
  );
});
