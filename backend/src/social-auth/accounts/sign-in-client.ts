/** Where a sign-in comes from. */
export interface SignInClient {
  /** Address of the person's device, as far as it can be believed. */
  address: string | undefined;
  /** At most 512 characters. */
  userAgent: string | undefined;
  /** Id of the request, for the log. */
  requestId: string | undefined;
}
