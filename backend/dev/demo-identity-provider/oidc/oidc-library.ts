import { unmute } from './quiet-console';
import Provider, { errors, ExternalSigningKey, interactionPolicy } from 'oidc-provider';

unmute();

export { errors, ExternalSigningKey, interactionPolicy, Provider };
