import { readKeptTicket, ticketToKeep } from './link.ticket';

const ticket = { ticket: 'secret-ticket', expiresInSeconds: 599.2 };

describe('a link ticket', () => {
  it('is kept as long as it is good for, and an hour at most', () => {
    expect(ticketToKeep(ticket, 'auth0', undefined).seconds).toBe(600);
    expect(ticketToKeep({ ...ticket, expiresInSeconds: 1e9 }, 'auth0', undefined).seconds).toBe(3_600);
  });

  it('is read from its cookie as it was kept', () => {
    const { content } = ticketToKeep(ticket, 'auth0', 'sam@example.com');
    const kept = { ticket: 'secret-ticket', provider: 'auth0', label: 'sam@example.com' };
    expect(readKeptTicket({ ...content, exp: 1 })).toEqual(kept);
  });

  it('fits into a cookie, whatever somebody is called', () => {
    expect(ticketToKeep(ticket, 'auth0', 'x'.repeat(5_000)).content.label).toHaveLength(200);
  });

  it.each([undefined, {}, { ticket: 'x' }, { provider: 'auth0' }, { ticket: 1, provider: 'auth0' }])(
    'is not read from %j',
    (fields) => {
      expect(readKeptTicket(fields)).toBeUndefined();
    },
  );
});
