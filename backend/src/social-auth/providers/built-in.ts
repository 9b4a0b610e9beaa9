/** The providers that come with the module, one line each. */
export { google } from './google/google.provider';
export { auth0 } from './auth0/auth0.provider';
export { oidc } from './oidc/oidc.provider';
export { apple } from './apple/apple.provider';
export { microsoft } from './microsoft/microsoft.provider';
export { github } from './github/github.provider';
export { facebook } from './facebook/facebook.provider';
