import 'server-only';
import { accountForms, type FormOutcome } from './account.forms';
import { readForm } from './auth.request';
import { csrfFieldValue } from './csrf.field';
import { currentSession } from './current.session';
import { seeOther } from './redirect.answer';
import { pathAfterRefusal } from './refusal.path';

/** Answers a form of the account pages, which carries our CSRF token, and leads on by GET. */
export async function handleAccountForm(request: Request, name: string): Promise<Response> {
  const form = accountForms.get(name);
  if (!form) return new Response('Not found', { status: 404 });
  const fields = await readForm(request);
  if (typeof fields === 'number') return new Response('Expected a small form', { status: fields });
  const csrfToken = await csrfFieldValue();
  if (csrfToken === '' || fields.csrfToken !== csrfToken)
    return seeOther(pathAfterRefusal({ code: 'form_outdated', status: 0 }, form.page));
  const session = await currentSession();
  // The page finds out what is wrong with the session.
  if (!session) return seeOther(form.page);
  return seeOther(pathAfter(await form.act(session, fields), form.page));
}

function pathAfter(outcome: FormOutcome, page: string): string {
  if ('refusal' in outcome) return pathAfterRefusal(outcome.refusal, page);
  return `${outcome.page}?notice=${outcome.notice}`;
}
