import { VariableReader } from '../settings/variable.reader';
import { facebook } from './facebook.provider';

const app = { FACEBOOK_APP_ID: '138483919580948;nonce=if-present', FACEBOOK_APP_SECRET: 'secret' };

function read(changes: Record<string, string>): { reader: VariableReader; oauth: object | undefined } {
  const reader = new VariableReader({ ...app, ...changes });
  return { reader, oauth: facebook.configure(reader)?.oauth };
}

describe('Facebook as a provider of the site', () => {
  it('exchanges codes at the Graph API, with a version or without', () => {
    expect(read({}).oauth).toMatchObject({
      authorizationUrl: 'https://www.facebook.com/dialog/oauth',
      tokenUrl: 'https://graph.facebook.com/oauth/access_token',
    });
    expect(read({ FACEBOOK_GRAPH_URI: 'https://graph.facebook.com/v24.0/' }).oauth).toMatchObject({
      tokenUrl: 'https://graph.facebook.com/v24.0/oauth/access_token',
    });
    expect(read({ FACEBOOK_GRAPH_URI: 'http://127.0.0.1:3002' }).reader.faults).toEqual([]);
  });

  it.each(['http://graph.example.com', 'graph.facebook.com', 'ftp://graph.example.com'])(
    'sends its secret to no such address: %s',
    (FACEBOOK_GRAPH_URI) => {
      expect(read({ FACEBOOK_GRAPH_URI }).reader.faults).toEqual([expect.stringMatching(/^FACEBOOK_GRAPH_URI: /)]);
    },
  );
});
