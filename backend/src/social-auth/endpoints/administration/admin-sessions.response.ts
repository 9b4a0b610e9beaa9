import { firstPage } from '../../database/page';
import type { SessionRow } from '../../tokens/token-list';
import { NextPage } from '../http/next-page.decorator';
import { sessionListResponse, SessionListResponse } from '../tokens/sessions.response';

/** A page of the sessions of an account, newest first. */
export class AdminSessionListResponse extends SessionListResponse {
  @NextPage()
  next!: string | null;
}

/** A page of sessions that are listed newest first; their ids sort as their times do. */
export function adminSessionListResponse(
  rows: readonly SessionRow[],
  { limit, before }: { limit: number; before: string | undefined },
  currentTokenId: string,
): AdminSessionListResponse {
  const further = before === undefined ? rows : rows.filter(({ id }) => id < before.toLowerCase());
  const page = firstPage(further, limit);
  return { ...sessionListResponse(page.rows, currentTokenId), next: page.next ?? null };
}
