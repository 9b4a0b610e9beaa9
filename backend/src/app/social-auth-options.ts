import type { SocialAuthOptions } from '../social-auth';
import type { SignInLimits } from './limits/sign-in-limits';
import { NotesService } from './notes';
import { revocationBus } from './revocation-bus';
import type { Settings } from './settings/settings';

/** What a personal token may be given: the scopes that the handlers of this server name, and the module's own. */
const PERSONAL_SCOPES = ['notes:read', 'notes:write', 'account:read'];

/** What the server asks of the module. */
export function socialAuthOptions(settings: Settings, limits: SignInLimits): SocialAuthOptions {
  const { authSchemes, revocationBoundMs, ...tokens } = settings.tokens;
  return {
    providerSettings: settings.providers.settings,
    ...settings.accounts,
    tokens: { ...tokens, personal: { ...tokens.personal, scopes: PERSONAL_SCOPES } },
    revocation: { boundMs: revocationBoundMs, bus: revocationBus(settings) },
    authSchemes,
    preparedStatements: settings.database.preparedStatements,
    frontendSharedSecret: settings.http.frontendSharedSecret,
    explainRefusals: settings.http.explainRefusals,
    onUnknownBearer: ({ address }) => limits.countAddress(address),
    onCredentialVerified: ({ identity }) => limits.countPerson(identity),
    onAccountDeleted: ({ id }, manager) => NotesService.deleteAllOf(id, manager),
    onAccountExport: ({ id }, manager) => NotesService.exportOf(id, manager),
  };
}
