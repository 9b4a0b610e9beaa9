import { errorCatalogue, type ErrorCode } from './error-catalogue';

/** The body of an error answer, application/problem+json. [RFC 9457] */
export interface ProblemDetails {
  /** A URN that names the kind of problem: it carries the code and is not meant to be opened. */
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
}

/** The problem of a code; `detail` replaces the catalogue's own words. */
export function problemDetails(code: ErrorCode, detail?: string): ProblemDetails {
  const { status, title, detail: usual } = errorCatalogue[code];
  return { type: `urn:nest-token-exchange:error:${code}`, title, status, code, detail: detail ?? usual };
}
