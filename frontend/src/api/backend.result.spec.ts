import { refusalOf } from './backend.result';

describe('the refusal in an error answer', () => {
  it('is its code, with the backend’s sentence', () => {
    const body = { code: 'last_identity', detail: 'Link another one first.' };
    expect(refusalOf(409, body)).toEqual({ status: 409, ...body });
  });

  it.each([undefined, 'text', {}, { code: 5 }, { code: '<script>' }, { code: 'a'.repeat(65) }])(
    'is an unexpected one for %j',
    (body) => {
      expect(refusalOf(418, body)).toEqual({ code: 'unexpected', status: 418 });
      expect(refusalOf(502, body)).toEqual({ code: 'backend_unavailable', status: 502 });
    },
  );

  it('brings a link ticket along', () => {
    const body = { code: 'email_in_use', link_ticket: 'abc', link_ticket_expires_in: 600 };
    expect(refusalOf(409, body).linkTicket).toEqual({ ticket: 'abc', expiresInSeconds: 600 });
  });

  it.each([
    { link_ticket: 'abc' },
    { link_ticket: '', link_ticket_expires_in: 600 },
    { link_ticket: 'x'.repeat(513), link_ticket_expires_in: 600 },
    { link_ticket: 'abc', link_ticket_expires_in: '600' },
    { link_ticket: 'abc', link_ticket_expires_in: -1 },
  ])('brings none along from %j', (extensions) => {
    expect(refusalOf(409, { code: 'email_in_use', ...extensions })).toEqual({ code: 'email_in_use', status: 409 });
  });
});
