import { Answer } from '../endpoints/answer';
import { DemoPerson } from '../people/demo-person';
import { IssuerTwin } from '../twins/issuer-twin';
import { escapeHtml, page } from './layout.page';

/** The button is named for the person alone, and its click area is the whole row. */
function personRow({ key, name, email, note, picture }: DemoPerson): string {
  const id = escapeHtml(key);
  const face = picture
    ? `<img src="${escapeHtml(picture)}" alt="" width="44" height="44">`
    : '<span class="blank"></span>';
  return `<li>${face}<div><button name="person" value="${id}" aria-describedby="about-${id}">${escapeHtml(name)}</button>
<p id="about-${id}">${escapeHtml(email ? `${email} · ${note}` : note)}</p></div></li>`;
}

/** Chromium applies form-action to the redirects that follow the form, too. */
function formTarget(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return origin === 'null' ? protocol : origin;
}

/** The page on which somebody is picked; the form answers to its own address. */
export function peoplePage(
  { title }: IssuerTwin,
  people: readonly DemoPerson[],
  application: string,
  redirectUri: string | undefined,
): Answer {
  return page(
    200,
    `Choose a person – demo ${title}`,
    `<p class="notice">Demo identity provider in the shape of ${escapeHtml(title)}. Everybody here is invented.</p>
<h1>Choose a person</h1>
<p>to continue to ${escapeHtml(application)}</p>
<form method="post">
<ul>
${people.map(personRow).join('\n')}
</ul>
<button class="cancel" name="cancel" value="yes">Cancel</button>
</form>`,
    redirectUri === undefined ? [] : [formTarget(redirectUri)],
  );
}
