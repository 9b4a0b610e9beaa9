/** Tells that this process answers; it asks nobody else. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
