import { runForkedService } from '../processes/forked-service';
import { DemoIdentityProvider } from './demo-identity-provider';
import type { DemoIdentityProviderOptions } from './demo-identity-provider.options';

/** What the parent orders. */
export type DemoIdentityProviderOrder = Omit<DemoIdentityProviderOptions, 'onError'>;

/** What this process announces when it serves. */
export interface DemoIdentityProviderDetails {
  readonly port: number;
  /** Environment variables for the backend and the frontend. */
  readonly variables: Record<string, string>;
}

runForkedService<DemoIdentityProviderOrder, DemoIdentityProviderDetails>(async (options) => {
  const onError = (error: Error): void => console.error(`demo identity provider: ${error.stack}`);
  const provider = await DemoIdentityProvider.start({ ...options, onError });
  return { details: { port: provider.port, variables: provider.variables() }, stop: () => provider.stop() };
});
