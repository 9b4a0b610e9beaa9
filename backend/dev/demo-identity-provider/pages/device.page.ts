import { Answer } from '../endpoints/answer';
import { IssuerTwin } from '../twins/issuer-twin';
import { escapeHtml, page } from './layout.page';

/** What the forms of these pages send. */
export interface DeviceForm {
  readonly action: string;
  /** Shows that the form came from here. */
  readonly secret: string;
  readonly userCode?: string;
}

const notice = (title: string): string =>
  `<p class="notice">Demo identity provider in the shape of ${escapeHtml(title)}. Everybody here is invented.</p>`;

const opening = ({ action, secret }: DeviceForm): string =>
  `<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="xsrf" value="${escapeHtml(secret)}">`;

/** Asks for the code that a television shows. */
export function codeInputPage({ title }: IssuerTwin, form: DeviceForm, problem?: string): Answer {
  return page(
    200,
    `Connect a device – demo ${title}`,
    `${notice(title)}
<h1>Connect a device</h1>
${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
${opening(form)}
<p><label for="code">The code on its screen</label></p>
<input id="code" name="user_code" value="${escapeHtml(form.userCode ?? '')}" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
<button class="cancel">Continue</button>
</form>`,
  );
}

/** Asks whether the code is the one that the television shows: it may have come from a stranger. */
export function codeConfirmPage({ title }: IssuerTwin, form: DeviceForm, application: string): Answer {
  const code = escapeHtml(form.userCode ?? '');
  return page(
    200,
    `Confirm the device – demo ${title}`,
    `${notice(title)}
<h1>Is this your device?</h1>
<p>${escapeHtml(application)} shows <strong>${code}</strong>. If it does not, or if somebody sent you here, cancel.</p>
${opening(form)}<input type="hidden" name="user_code" value="${code}">
<button class="cancel" name="confirm" value="yes">Connect</button>
<button class="cancel" name="abort" value="yes">Cancel</button>
</form>`,
  );
}

/** Says that the television goes on by itself. */
export function codeDonePage({ title }: IssuerTwin): Answer {
  return page(
    200,
    `Connected – demo ${title}`,
    `${notice(title)}
<h1>Your device is connected</h1>
<p>It goes on by itself. You may close this page.</p>`,
  );
}
