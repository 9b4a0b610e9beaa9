import { formOf } from './form';
import { redirectOf, Visitor } from './visitor';

/** What became of an authorization request once somebody was picked. */
export interface Authorization {
  /** The page with the people. */
  readonly page: string;
  /** What the browser brings to the application: a `GET` with a query, or the `POST` of `response_mode=form_post`. */
  readonly arrival: Request;
}

/** Opens an authorization request, submits the page with the people, and stops at the door of the application. */
export async function pickPerson(authorizationRequest: string, choice: Record<string, string>): Promise<Authorization> {
  const visitor = new Visitor();
  const people = await redirectOf(await visitor.open(authorizationRequest));
  const page = await (await visitor.open(people)).text();
  const last = await visitor.open(await redirectOf(await visitor.submit(people, choice)));
  if (last.headers.has('location')) return { page, arrival: new Request(await redirectOf(last)) };
  const { action, fields } = formOf(await last.text(), last.url);
  return { page, arrival: new Request(action, { method: 'POST', body: new URLSearchParams(fields) }) };
}
