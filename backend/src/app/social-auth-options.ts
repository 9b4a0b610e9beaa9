import type { SocialAuthOptions } from '../social-auth';
import type { SignInLimits } from './limits/sign-in-limits';
import { NotesService } from './notes';
import type { Settings } from './settings/settings';

/** What the server asks of the module. */
export function socialAuthOptions(settings: Settings, limits: SignInLimits): SocialAuthOptions {
  const { prefix, ttlSeconds, hmacKeys, authSchemes } = settings.tokens;
  return {
    providerSettings: settings.providers.settings,
    tokens: { prefix, ttlSeconds, hmacKeys },
    authSchemes,
    preparedStatements: settings.database.preparedStatements,
    frontendSharedSecret: settings.http.frontendSharedSecret,
    onCredentialVerified: ({ identity }) => limits.countPerson(identity),
    onAccountDeleted: ({ id }, manager) => NotesService.deleteAllOf(id, manager),
  };
}
