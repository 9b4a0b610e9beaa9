import { isLoopback, type VariableReader } from '../settings/variable.reader';
import { defineSignInProvider, type ConfiguredProvider, type SignInProvider } from './sign-in.provider';

const INSTANCE = /^(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What the variables of an instance end with, those of this site and those that it shares with the backend. */
const ENDINGS = ['_ISSUER', '_CLIENT_ID', '_CLIENT_SECRET', '_TITLE', '_SIGN_IN_ORIGINS'];

const OIDC_VARIABLE = new RegExp(`^OIDC_.+(${ENDINGS.join('|')})$`);

const prefixOf = (instance: string): string => `OIDC_${instance.toUpperCase().replaceAll('-', '_')}`;

/** Sign-in through any issuers of OpenID Connect: a button for each instance that is named, with settings of its own. */
export const oidc: SignInProvider = {
  required: ['OIDC_PROVIDERS'],
  configure(reader) {
    const instances = reader.list('OIDC_PROVIDERS');
    if (instances.every((instance) => INSTANCE.test(instance)) && new Set(instances).size === instances.length) {
      refuseStrays(reader, instances);
      return instances.flatMap((instance) => configureInstance(reader, instance));
    }
    reader.fault('OIDC_PROVIDERS', 'names of small letters, digits and single hyphens, each once');
    return undefined;
  },
};

/** An instance that nobody has named would have no button, and nobody would know why. */
function refuseStrays(reader: VariableReader, instances: readonly string[]): void {
  const known = new Set(instances.flatMap((instance) => ENDINGS.map((ending) => `${prefixOf(instance)}${ending}`)));
  for (const name of reader.names(OIDC_VARIABLE))
    if (!known.has(name)) reader.fault('OIDC_PROVIDERS', `to name the instance of ${name}`);
}

function configureInstance(reader: VariableReader, instance: string): ConfiguredProvider[] {
  const prefix = prefixOf(instance);
  const provider = defineSignInProvider({
    id: `oidc-${instance}`,
    title: reader.text(`${prefix}_TITLE`) ?? `${instance.slice(0, 1).toUpperCase()}${instance.slice(1)}`,
    clientIdVariable: `${prefix}_CLIENT_ID`,
    clientSecretVariable: `${prefix}_CLIENT_SECRET`,
    issuerVariable: `${prefix}_ISSUER`,
    moreVariables: [`${prefix}_ISSUER`],
    // Never asked: the issuer is required.
    defaultIssuer: () => '',
  });
  const isNamedAlone = provider.required.every((name) => reader.text(name) === undefined);
  if (isNamedAlone)
    for (const name of provider.required) reader.fault(name, 'a value, because OIDC_PROVIDERS names its instance');
  const configured = [provider.configure(reader) ?? []].flat();
  const signInOrigins = readOrigins(reader, `${prefix}_SIGN_IN_ORIGINS`);
  return configured.map((one) => ({ ...one, route: `oidc/${instance}`, signInOrigins }));
}

function readOrigins(reader: VariableReader, name: string): string[] {
  const expected = 'https origins (http on localhost only), comma separated';
  return reader.list(name).flatMap((entry) => {
    const url = reader.url(name, entry, expected);
    if (!url) return [];
    if (url.pathname === '/' && (url.protocol === 'https:' || isLoopback(url))) return [url.origin];
    reader.fault(name, expected);
    return [];
  });
}
