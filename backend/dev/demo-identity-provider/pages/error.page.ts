import { Answer } from '../endpoints/answer';
import { IssuerTwin } from '../twins/issuer-twin';
import { escapeHtml, page } from './layout.page';

/** Says in plain words why a sign-in cannot go on here. */
export function errorPage({ title }: IssuerTwin, detail: string, status = 400): Answer {
  const heading = 'This sign-in cannot go on';
  return page(
    status,
    `${heading} – demo ${title}`,
    `<h1>${heading}</h1>
<p>Go back to the application and start again: a sign-in is valid for an hour, and once.</p>
<p>${escapeHtml(detail)}</p>`,
  );
}
