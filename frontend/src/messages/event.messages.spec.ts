import { SECURITY_EVENT_TYPES } from '../../../backend/src/social-auth/security-log/security-event';
import { eventText, knownEventTypes } from './event.messages';

describe('the words for an event', () => {
  it('exist for the types of the backend’s security log, and for no others', () => {
    expect([...knownEventTypes].sort()).toEqual([...SECURITY_EVENT_TYPES].sort());
  });

  it.each([...knownEventTypes])('%s: are plain', (type) => {
    expect(eventText(type)).not.toMatch(/[a-z]_[a-z]|token|identity/i);
  });

  it.each(['', 'made_up', 'constructor', '__proto__'])('are the general ones for %p', (type) => {
    expect(eventText(type)).toBe('Something else happened');
  });
});
