import { facebook } from '../providers/facebook.provider';
import { VariableReader } from '../settings/variable.reader';
import { contentSecurityPolicy, type PolicySettings } from './content-security.policy';

const provider = (issuer: string): PolicySettings['providers'][number] => ({
  id: 'p',
  title: 'P',
  issuer,
  clientId: 'c',
  clientSecret: 's',
});

const settings: PolicySettings = {
  origin: 'https://app.example.com',
  providers: [provider('https://accounts.google.com'), provider('https://tenant.example.com/')],
  exposeApiToken: false,
  publicBackendUrl: 'https://api.example.com/v1',
};

function directives(changes: Partial<PolicySettings> = {}): Map<string, string> {
  const policy = contentSecurityPolicy({ ...settings, ...changes }, 'bm9uY2U=');
  return new Map(policy.split('; ').map((line) => [line.split(' ')[0] ?? '', line.split(' ').slice(1).join(' ')]));
}

describe('the content security policy', () => {
  it('F12 allows nothing inline but what carries the nonce', () => {
    const policy = contentSecurityPolicy(settings, 'bm9uY2U=');
    expect(policy).not.toContain('unsafe');
    expect(directives().get('script-src')).toContain("'nonce-bm9uY2U='");
    expect(directives().get('default-src')).toBe("'none'");
  });

  it('F12 lets nobody frame the site', () => {
    expect(directives().get('frame-ancestors')).toBe("'none'");
  });

  it('lets forms end where an issuer leads on at once', () => {
    const reader = new VariableReader({ FACEBOOK_APP_ID: 'id', FACEBOOK_APP_SECRET: 'secret' });
    const configured = facebook.configure(reader);
    expect(directives({ providers: configured ? [configured] : [] }).get('form-action')).toBe(
      "'self' https://www.facebook.com https://m.facebook.com",
    );
  });

  it('lets forms end at the issuers', () => {
    expect(directives().get('form-action')).toBe("'self' https://accounts.google.com https://tenant.example.com");
  });

  it('lets forms end where an issuer sends them on to', () => {
    const providers = [{ ...provider('https://login.example.com'), signInOrigins: ['https://live.example.com'] }];
    const policy = directives({ providers });
    expect(policy.get('form-action')).toBe("'self' https://login.example.com https://live.example.com");
    expect(policy.get('img-src')).toBe("'self' https: data:");
  });

  it('lets scripts call the backend only where they get its token', () => {
    expect(directives().get('connect-src')).toBe("'self'");
    expect(directives({ exposeApiToken: true }).get('connect-src')).toBe("'self' https://api.example.com");
  });

  it('shows pictures by https, and those of a provider on this machine', () => {
    expect(directives().get('img-src')).toBe("'self' https: data:");
    const local = directives({ providers: [provider('http://127.0.0.1:3002/google')] });
    expect(local.get('img-src')).toBe("'self' https: data: http://127.0.0.1:3002");
  });

  it('upgrades plain http only where the site itself has none', () => {
    expect(directives().has('upgrade-insecure-requests')).toBe(true);
    expect(directives({ origin: 'http://localhost:3000' }).has('upgrade-insecure-requests')).toBe(false);
  });
});
