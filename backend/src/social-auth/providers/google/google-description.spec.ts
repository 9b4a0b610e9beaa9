import { describeGoogle, sameProjectHint } from './google-description';

const WEB = '1234-web.apps.googleusercontent.com';

describe('a client id of Google that is not ours', () => {
  it('is recognised by its number as a sibling', () => {
    expect(sameProjectHint('1234-phone.apps.googleusercontent.com', ['other', WEB])).toMatch(
      /same Google Cloud project \(1234\).*add it to GOOGLE_CLIENT_ID/,
    );
  });

  it.each(['1235-web.apps.googleusercontent.com', '1234', '1234-web.apps.googleusercontent.com.evil.example', ''])(
    'is a stranger: %s',
    (audience) => expect(sameProjectHint(audience, [WEB])).toBeUndefined(),
  );

  it('is no sibling of ids of another form', () => {
    expect(sameProjectHint('web', ['web-2'])).toBeUndefined();
  });
});

it('describes Google by its defaults, and knows the siblings of every client', () => {
  const description = describeGoogle({ clientIds: ['plain', { id: WEB, platform: 'android' }] });
  expect(description.issuers).toEqual(['https://accounts.google.com', 'accounts.google.com']);
  expect(description.hintOn?.('1234-other.apps.googleusercontent.com')).toContain('same Google Cloud project');
});
