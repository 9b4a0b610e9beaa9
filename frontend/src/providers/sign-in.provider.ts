import type { VariableReader } from '../settings/variable.reader';
import type { PlainOAuth } from './plain-oauth';

/** What a provider is asked for, and how it answers, where that is not the usual. */
export interface ProviderHabits {
  /** Default: `openid email profile`. */
  scope?: string;
  /** Its page posts its answer here as a form, which no SameSite=Lax cookie comes along with. Default: false. */
  answersByForm?: boolean;
  /** The `error` with which it says that the person did not want to. Default: `access_denied`. [RFC 6749 4.1.2.1] */
  cancelledError?: string;
  /** Where people are sent to sign in, beside the issuer's own origin. Default: nowhere. */
  signInOrigins?: readonly string[];
}

/** A provider that the environment has settings for. */
export interface ConfiguredProvider extends ProviderHabits {
  /** Its name in addresses: `/api/auth/callback/<id>` here, `/auth/link/<id>` at the backend. */
  id: string;
  /** Where the backend exchanges its tokens, below `/auth`. Default: the id. */
  route?: string;
  /** What people call it. */
  title: string;
  /** The issuer of its ID tokens, exactly as they spell it. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What it has in the place of OpenID Connect; its access tokens are then what proves who somebody is. */
  oauth?: PlainOAuth;
}

/** A provider that this site knows how to use. */
export interface SignInProvider {
  /** The variables that it needs: all of them, or none of its own at all. */
  required: readonly string[];
  /** Its settings, or those of each of its instances; undefined where none are given, a fault where only some are. */
  configure(reader: VariableReader): ConfiguredProvider | readonly ConfiguredProvider[] | undefined;
}

/** What differs between one provider and another. */
export interface SignInProviderDefinition extends ProviderHabits {
  id: string;
  title: string;
  clientIdVariable: string;
  clientSecretVariable: string;
  issuerVariable: string;
  /** Variables that the provider needs besides its client's id and secret. */
  moreVariables?: readonly string[];
  /** Variables besides the issuer's that it can do without: set alone, they stop the start as well. */
  optionalVariables?: readonly string[];
  /** The issuer where `issuerVariable` is not set. */
  defaultIssuer(reader: VariableReader): string;
  /** For a provider without OpenID Connect, whose issuer is the address of its website. */
  oauth?(website: string, reader: VariableReader): PlainOAuth;
}

/** A provider with one instance. */
export interface SingleSignInProvider extends SignInProvider {
  configure(reader: VariableReader): ConfiguredProvider | undefined;
}

/** Makes a provider of what is particular to it. */
export function defineSignInProvider(definition: SignInProviderDefinition): SingleSignInProvider {
  const { clientIdVariable, clientSecretVariable, moreVariables = [], optionalVariables = [] } = definition;
  const required = [clientIdVariable, clientSecretVariable, ...moreVariables];
  const all = [...required, definition.issuerVariable, ...optionalVariables];
  return {
    required,
    configure(reader) {
      if (all.every((name) => reader.text(name) === undefined)) return undefined;
      const missing = required.filter((name) => reader.text(name) === undefined);
      for (const name of missing) reader.fault(name, `a value, because ${definition.title} has other settings`);
      if (missing.length > 0) return undefined;
      return configureProvider(definition, reader);
    },
  };
}

function configureProvider(
  definition: SignInProviderDefinition,
  reader: VariableReader,
): ConfiguredProvider | undefined {
  // The lists are shared with the backend, which accepts several; a website signs in with the first of each.
  // An entry may go on with `;platform=…;nonce=…`, which says to the backend what its tokens must hold.
  const clientId = reader.list(definition.clientIdVariable)[0]?.split(';')[0]?.trim();
  const listed = reader.list(definition.issuerVariable);
  const issuer =
    listed.length > 0 ? listed.find((candidate) => /^https?:\/\//.test(candidate)) : definition.defaultIssuer(reader);
  if (!clientId) reader.fault(definition.clientIdVariable, 'at least one client id');
  const url = reader.url(definition.issuerVariable, issuer, 'at least one http(s) address of an issuer');
  if (!clientId || !url || !issuer) return undefined;
  const clientSecret = reader.text(definition.clientSecretVariable) ?? '';
  const { id, title, scope, answersByForm, cancelledError, signInOrigins } = definition;
  const habits = { scope, answersByForm, cancelledError, signInOrigins };
  const oauth = definition.oauth?.(issuer.replace(/\/+$/, ''), reader);
  return { id, title, issuer, clientId, clientSecret, ...habits, ...(oauth && { oauth }) };
}
