import { STATUS_CODES } from 'node:http';
import { errorCatalogue, type ErrorCode } from './error-catalogue';

/** The body of an error answer, application/problem+json. [RFC 9457] */
export interface ProblemDetails {
  /** A URN that names the kind of problem and is not meant to be opened; `about:blank` where the status says it all. */
  type: string;
  title: string;
  status: number;
  /** Absent only under `about:blank`, from errors that a host throws itself. */
  code?: ErrorCode;
  detail: string;
  /** Members of one kind of problem alone. [RFC 9457 3.2] */
  [extension: string]: unknown;
}

/** The problem of a code; `detail` replaces the catalogue's own words. */
export function problemDetails(code: ErrorCode, detail?: string): ProblemDetails {
  const { status, title, detail: usual } = errorCatalogue[code];
  return { type: `urn:nest-token-exchange:error:${code}`, title, status, code, detail: detail ?? usual };
}

/** A problem that says no more than its status. [RFC 9457 4.2.1] */
export function blankProblem(status: number): ProblemDetails {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail: title };
}
