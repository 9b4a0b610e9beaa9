import { auth0 } from './auth0.provider';
import { google } from './google.provider';
import type { SignInProvider } from './sign-in.provider';

/** The providers that this site can offer: a new one is a file beside this one, and a line here. */
export const builtInProviders: readonly SignInProvider[] = [
  google, //
  auth0,
];
