import type { SignOutReach } from '../api/api.token';
import { csrfFieldValue } from '../session/csrf.field';

/** The two ways out: this browser, or every device. */
export async function SignOutForms() {
  const csrfToken = await csrfFieldValue();
  return (
    <div className="button-row">
      <SignOutForm csrfToken={csrfToken} reach="here" label="Sign out" className="button" />
      <SignOutForm
        csrfToken={csrfToken}
        reach="everywhere"
        label="Sign out everywhere"
        className="button button-quiet"
      />
    </div>
  );
}

function SignOutForm(props: { csrfToken: string; reach: SignOutReach; label: string; className: string }) {
  return (
    <form method="post" action="/api/auth/signout">
      <input type="hidden" name="csrfToken" value={props.csrfToken} />
      <input type="hidden" name="reach" value={props.reach} />
      <button type="submit" className={props.className}>
        {props.label}
      </button>
    </form>
  );
}
