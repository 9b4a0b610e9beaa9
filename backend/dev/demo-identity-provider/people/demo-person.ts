/** Somebody whom the demo identity provider knows: what the page shows and what the tokens say. */
export interface DemoPerson {
  /** Short name for tests, for `curl` and for the button on the page. */
  readonly key: string;
  /** The `sub` at this issuer. */
  readonly subject: string;
  readonly name: string;
  /** One phrase for the page: what is special about this person. */
  readonly note: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly picture?: string;
  /** Of those whom the issuer itself knows a password of, as a database connection of Auth0 does. */
  readonly password?: string;
  /** Google Workspace domain (`hd`). */
  readonly hostedDomain?: string;
  /** Auth0 RBAC permissions at the API. */
  readonly permissions?: readonly string[];
}
