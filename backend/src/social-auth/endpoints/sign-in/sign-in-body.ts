import type { VerifiedCredential } from '../../verification/verified-credential';

/** A body of a sign-in, taken apart. */
export interface SignInBody extends Pick<VerifiedCredential, 'claimedName'> {
  /** What is left: the fields that every provider takes. */
  body: unknown;
}

/**
 * Takes what one provider alone has in its bodies out of a body that nobody has looked at yet.
 *
 * @throws InvalidRequestError
 */
export type SignInBodyReader = (body: unknown) => SignInBody;

/** For providers that have nothing of their own there. */
export const plainBody: SignInBodyReader = (body) => ({ body });
