import { DatabaseCheck } from './checks/database.check';
import { DirectDatabaseCheck } from './checks/direct-database.check';
import { FrontendSecretCheck } from './checks/frontend-secret.check';
import { HmacKeysCheck } from './checks/hmac-keys.check';
import { MigrationsCheck } from './checks/migrations.check';
import { ProviderDiscoveryCheck } from './checks/provider-discovery.check';
import { ProviderKeysCheck } from './checks/provider-keys.check';
import { RedisCheck } from './checks/redis.check';
import { RevocationBusCheck } from './checks/revocation-bus.check';
import { SettingsCheck } from './checks/settings.check';
import { TrustedProxiesCheck } from './checks/trusted-proxies.check';
import type { DoctorCheck } from './doctor-check';

/** All checks, in the order in which they are told; a new one is a class and a line here. */
export const doctorChecks: readonly DoctorCheck[] = [
  new SettingsCheck(),
  new DatabaseCheck(),
  new MigrationsCheck(),
  new DirectDatabaseCheck(),
  new HmacKeysCheck(),
  new ProviderKeysCheck(),
  new ProviderDiscoveryCheck(),
  new RedisCheck(),
  new RevocationBusCheck(),
  new FrontendSecretCheck(),
  new TrustedProxiesCheck(),
];
