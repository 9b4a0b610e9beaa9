import { apple } from './apple.provider';
import { auth0 } from './auth0.provider';
import { facebook } from './facebook.provider';
import { github } from './github.provider';
import { google } from './google.provider';
import { oidc } from './oidc.provider';
import { microsoft } from './microsoft.provider';
import type { SignInProvider } from './sign-in.provider';

/** The providers that this site can offer: a new one is a file beside this one, and a line here. */
export const builtInProviders: readonly SignInProvider[] = [
  google, //
  auth0,
  oidc,
  apple,
  microsoft,
  github,
  facebook,
];
