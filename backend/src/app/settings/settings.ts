import type {
  AccountOptions,
  AuthScheme,
  IdTokenOptions,
  ProviderDefinition,
  SecurityLogOptions,
  TokenOptions,
} from '../../social-auth';

/** Severities of the log, and `silent`. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** How the server is reached. */
export interface HttpSettings {
  host: string;
  port: number;
  docs: boolean;
  corsOrigins: string[];
  /** Ranges of trusted proxies, or how many stand in front; false: nobody's forwarding headers are believed. */
  trustProxy: string[] | number | false;
  frontendSharedSecret?: string;
  /** Whether a refused provider token is answered with what was expected and what came. */
  explainRefusals: boolean;
}

/** How the database is reached. */
export interface DatabaseSettings {
  /** Without the parameters that are ours. */
  url: string;
  /** Past any pooler: for migrations. */
  directUrl: string;
  /** Most connections that one process opens. */
  poolMax: number;
  preparedStatements: boolean;
  migrateOnStart: boolean;
}

/** What tells the other replicas of a revocation; `off`: they read of it. */
export type RevocationBusName = 'postgres' | 'redis' | 'off';

/** What the limits need. */
export interface LimitSettings {
  /** Sign-in requests per client address and minute; 0: no limits at all. */
  signInsPerMinute: number;
  redisUrl?: string;
}

/** Where the metrics are, and who may read them: there is a port of their own, a token, or both. */
export interface MetricsSettings {
  /** Of their own port. */
  host: string;
  /** `undefined`: that of the API, with the token alone. */
  port?: number;
  /** `undefined`: whoever reaches the port. */
  token?: string;
}

/** What the tokens of the server are made with, and how they live; what is not set is left to the module. */
export interface TokenSettings extends TokenOptions {
  authSchemes: AuthScheme[];
  revocationBoundMs?: number;
}

/** Who may have an account, and what is kept of what happens; what is not set is left to the module. */
export interface AccountSettings {
  accounts: AccountOptions;
  idTokens: IdTokenOptions;
  securityLog: SecurityLogOptions;
}

/** Everything that the environment decides. */
export interface Settings {
  production: boolean;
  logLevel: LogLevel;
  http: HttpSettings;
  database: DatabaseSettings;
  limits: LimitSettings;
  /** `undefined`: there are none. */
  metrics?: MetricsSettings;
  revocationBus: RevocationBusName;
  tokens: TokenSettings;
  accounts: AccountSettings;
  providers: {
    /** Those that are configured: the others have no route. */
    definitions: ProviderDefinition[];
    settings: Record<string, object>;
  };
}
