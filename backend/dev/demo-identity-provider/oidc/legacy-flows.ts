import type { ResponseType } from 'oidc-provider';

/**
 * The flows that are off unless somebody asks for them. RFC 9700 forbids the password grant, which shows the password
 * to the application, and advises against the implicit grant, which shows tokens to the browser; OAuth 2.1 has neither.
 * The hybrid flow is forbidden nowhere, but its ID token goes through the browser as well, and since there is PKCE
 * nobody gains by that. None of them ever yields an access token through the browser here.
 */
export const LEGACY_FLOWS = ['implicit', 'hybrid', 'password'] as const;

/** One of {@link LEGACY_FLOWS}. */
export type LegacyFlow = (typeof LEGACY_FLOWS)[number];

const NEEDS: Readonly<Record<LegacyFlow, { grantTypes: readonly string[]; responseType?: ResponseType }>> = {
  implicit: { grantTypes: ['implicit'], responseType: 'id_token' },
  hybrid: { grantTypes: ['authorization_code', 'implicit'], responseType: 'code id_token' },
  password: { grantTypes: ['password'] },
};

/** The grant types that a client of these flows is registered with. */
export function grantTypesOf(flows: readonly LegacyFlow[]): string[] {
  return [...new Set(flows.flatMap((flow) => NEEDS[flow].grantTypes))];
}

/** The response types that these flows ask the authorization endpoint for. */
export function responseTypesOf(flows: readonly LegacyFlow[]): ResponseType[] {
  return flows.flatMap((flow) => NEEDS[flow].responseType ?? []);
}
