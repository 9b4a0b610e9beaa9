import type { FrontendSettings } from '../settings/frontend.settings';

/** What a policy depends on. */
export type PolicySettings = Pick<FrontendSettings, 'origin' | 'providers' | 'exposeApiToken' | 'publicBackendUrl'>;

/** The Content-Security-Policy of one answer: nothing inline but what carries this answer's nonce. */
export function contentSecurityPolicy(settings: PolicySettings, nonce: string): string {
  const issuers = settings.providers.map(({ issuer }) => new URL(issuer).origin);
  const signInOrigins = settings.providers.flatMap((provider) => provider.signInOrigins ?? []);
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"],
    'style-src': ["'self'", `'nonce-${nonce}'`],
    // Profile pictures come from wherever the provider keeps them; a provider on this machine has no https.
    'img-src': ["'self'", 'https:', 'data:', ...issuers.filter((origin) => origin.startsWith('http:'))],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(settings.exposeApiToken ? [new URL(settings.publicBackendUrl).origin] : [])],
    'manifest-src': ["'self'"],
    // Chromium applies this to the redirects that follow a form too: the sign-in button ends at the issuer, or at
    // whatever page for signing in the issuer names.
    'form-action': ["'self'", ...issuers, ...signInOrigins],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    ...(settings.origin.startsWith('https:') && { 'upgrade-insecure-requests': [] }),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...new Set(sources)].join(' '))
    .join('; ');
}
