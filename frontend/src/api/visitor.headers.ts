/** Who is at the other end, as the backend's limits and logs shall see them. */
export interface Visitor {
  address: string | undefined;
  userAgent: string | undefined;
}

/** The headers that name the visitor to the backend, which believes them with the secret alone. */
export function visitorHeaders(
  sharedSecret: string | undefined,
  { address, userAgent }: Visitor,
): Record<string, string> {
  if (sharedSecret === undefined) return {};
  return {
    'X-Frontend-Secret': sharedSecret,
    ...(address && { 'X-Client-Address': address }),
    ...(userAgent && { 'X-Client-User-Agent': userAgent }),
  };
}
