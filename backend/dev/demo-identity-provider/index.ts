export { DemoIdentityProvider } from './demo-identity-provider';
export type {
  DemoIdentityProviderOptions,
  DemoClientOptions,
  DemoTenantOptions,
} from './demo-identity-provider.options';
export { DemoIssuer } from './demo-issuer';
export type { IssueOptions } from './demo-issuer';
export { FAULT_KINDS } from './faults/fault';
export type { Endpoint, Fault, FaultKind } from './faults/fault';
export { LEGACY_FLOWS } from './oidc/legacy-flows';
export type { LegacyFlow } from './oidc/legacy-flows';
export type { DemoPerson } from './people/demo-person';
export { pickPerson } from './headless/authorize';
export type { Authorization } from './headless/authorize';
export { approveDevice } from './headless/device';
export { formOf } from './headless/form';
export { signInHeadless } from './headless/sign-in';
export type { HeadlessSignIn, HeadlessSignInOptions, TokenAnswer } from './headless/sign-in';
export { redirectOf, Visitor } from './headless/visitor';
