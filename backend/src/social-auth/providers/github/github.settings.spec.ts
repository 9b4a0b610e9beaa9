import { settingsFaults } from '../../../../test/support/settings-faults';
import { completeGithubSettings, githubSettings, type GithubSettings, type GithubVariables } from './github.settings';

const SECRET = '0123456789abcdef0123456789abcdef01234567';
const read = (variables: GithubVariables, production = false): GithubSettings | undefined =>
  githubSettings(variables, { production });

const faultsOf = (variables: GithubVariables, production = false): readonly string[] =>
  settingsFaults(() => read(variables, production));

const app: GithubVariables = { GITHUB_CLIENT_ID: 'Iv1.8a61f9b3a7aba766', GITHUB_CLIENT_SECRET: SECRET };

describe('the settings of GitHub', () => {
  it('are none where no variable is set', () => expect(read({})).toBeUndefined());

  it('need an application and its secret and take GitHub’s own addresses for the rest', () => {
    const settings = read(app, true) as GithubSettings;
    expect(completeGithubSettings(settings)).toEqual({
      client: 'Iv1.8a61f9b3a7aba766',
      clientSecret: SECRET,
      issuer: 'https://github.com',
      apiUri: 'https://api.github.com',
      maximumAgeSeconds: 86_400,
    });
  });

  it('take the addresses of an enterprise server, whose API is below its website', () => {
    const settings = read({ ...app, GITHUB_ISSUER: 'https://github.example.com/' }, true) as GithubSettings;
    expect(completeGithubSettings(settings)).toMatchObject({
      issuer: 'https://github.example.com',
      apiUri: 'https://github.example.com/api/v3',
    });
    const elsewhere = { GITHUB_ISSUER: 'https://octo.ghe.com', GITHUB_API_URI: 'https://api.octo.ghe.com/' };
    expect(completeGithubSettings(read({ ...app, ...elsewhere }, true) as GithubSettings)).toMatchObject({
      issuer: 'https://octo.ghe.com',
      apiUri: 'https://api.octo.ghe.com',
    });
  });

  it.each(['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'] as const)('name %s where it alone is missing', (name) => {
    expect(faultsOf({ ...app, [name]: undefined })).toEqual([expect.stringMatching(new RegExp(`^${name}: expected`))]);
  });

  it.each(['GITHUB_ISSUER', 'GITHUB_API_URI'] as const)('name all that is missing where %s is set alone', (name) => {
    expect(faultsOf({ [name]: 'https://github.example.com' }).map((fault) => fault.split(':')[0])).toEqual([
      'GITHUB_CLIENT_ID',
      'GITHUB_CLIENT_SECRET',
    ]);
  });

  it.each(['one,two', 'one;nonce=required', 'one;colour=red'])('have a fault for the client id %j', (value) => {
    expect(faultsOf({ ...app, GITHUB_CLIENT_ID: value })).toEqual([expect.stringMatching(/^GITHUB_CLIENT_ID: /)]);
  });

  it('take the platform of the client', () => {
    expect(read({ ...app, GITHUB_CLIENT_ID: 'one;platform=desktop' })?.client).toEqual({
      id: 'one',
      platform: 'desktop',
    });
  });

  it('L4 refuse a placeholder for the secret in production, without repeating it', () => {
    const faults = faultsOf({ ...app, GITHUB_CLIENT_SECRET: 'changeme' }, true);
    expect(faults).toEqual([expect.stringMatching(/^GITHUB_CLIENT_SECRET: expected/)]);
    expect(faults.join()).not.toContain('changeme');
    expect(faultsOf({ ...app, GITHUB_CLIENT_SECRET: 'changeme' })).toEqual([]);
  });

  it('refuse loopback and plain http in production, by the name of every variable', () => {
    const twin = { ...app, GITHUB_ISSUER: 'http://127.0.0.1:3002', GITHUB_API_URI: 'http://127.0.0.1:3002/api/v3' };
    expect(faultsOf(twin)).toEqual([]);
    expect(faultsOf(twin, true).map((fault) => fault.split(':')[0])).toEqual(['GITHUB_ISSUER', 'GITHUB_API_URI']);
    expect(faultsOf({ ...app, GITHUB_API_URI: 'http://api.example.com' })).toHaveLength(1);
  });
});
