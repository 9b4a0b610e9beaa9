/** The providers that come with the module, one line each. */
export { google } from './google/google.provider';
export { auth0 } from './auth0/auth0.provider';
