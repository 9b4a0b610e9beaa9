import type { VariableReader } from '../settings/variable.reader';

/** A provider that the environment has settings for. */
export interface ConfiguredProvider {
  /** Its name in addresses: `/api/auth/callback/<id>` here, `/auth/<id>` at the backend. */
  id: string;
  /** What people call it. */
  title: string;
  /** The issuer of its ID tokens, exactly as they spell it. */
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** A provider that this site knows how to use. */
export interface SignInProvider {
  /** The variables that it needs: all of them, or none. */
  required: readonly string[];
  /** Its settings; undefined where none are given, a fault where only some are. */
  configure(reader: VariableReader): ConfiguredProvider | undefined;
}

/** What differs between one OpenID Connect provider and another. */
export interface SignInProviderDefinition {
  id: string;
  title: string;
  clientIdVariable: string;
  clientSecretVariable: string;
  issuerVariable: string;
  /** Variables that the provider needs besides its client's id and secret. */
  moreVariables?: readonly string[];
  /** The issuer where `issuerVariable` is not set. */
  defaultIssuer(reader: VariableReader): string;
}

/** Makes a provider of what is particular to it. */
export function defineSignInProvider(definition: SignInProviderDefinition): SignInProvider {
  const { clientIdVariable, clientSecretVariable, moreVariables = [] } = definition;
  const required = [clientIdVariable, clientSecretVariable, ...moreVariables];
  return {
    required,
    configure(reader) {
      const missing = required.filter((name) => reader.text(name) === undefined);
      if (missing.length === required.length) return undefined;
      for (const name of missing) reader.fault(name, `a value, because ${definition.title} has other settings`);
      if (missing.length > 0) return undefined;
      return configureOpenIdConnect(definition, reader);
    },
  };
}

function configureOpenIdConnect(
  definition: SignInProviderDefinition,
  reader: VariableReader,
): ConfiguredProvider | undefined {
  // The lists are shared with the backend, which accepts several; a website signs in with the first of each.
  const clientId = reader.list(definition.clientIdVariable)[0];
  const listed = reader.list(definition.issuerVariable);
  const issuer =
    listed.length > 0 ? listed.find((candidate) => /^https?:\/\//.test(candidate)) : definition.defaultIssuer(reader);
  if (!clientId) reader.fault(definition.clientIdVariable, 'at least one client id');
  const url = reader.url(definition.issuerVariable, issuer, 'at least one http(s) address of an issuer');
  if (!clientId || !url || !issuer) return undefined;
  const clientSecret = reader.text(definition.clientSecretVariable) ?? '';
  return { id: definition.id, title: definition.title, issuer, clientId, clientSecret };
}
