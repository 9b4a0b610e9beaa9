import { csrfFieldValue } from '../session/csrf.field';
import { frontendSettings } from '../settings/environment';
import { isLoopback } from '../settings/variable.reader';

/** One button for each provider: plain forms, which work without scripts. */
export async function ProviderButtons({ callbackUrl }: { callbackUrl: string }) {
  const csrfToken = await csrfFieldValue();
  const { providers } = frontendSettings();
  const isDemo = providers.some(({ issuer }) => isLoopback(new URL(issuer)));
  return (
    <div className="provider-buttons">
      {providers.map(({ id, title }) => (
        <form key={id} method="post" action={`/api/auth/signin/${id}`}>
          <input type="hidden" name="csrfToken" value={csrfToken} />
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          <button type="submit" className="button button-provider">
            <span className={`provider-mark provider-mark-${id}`} aria-hidden="true">
              {title.slice(0, 1)}
            </span>
            Continue with {title}
          </button>
        </form>
      ))}
      {isDemo && (
        <p className="hint">This is a demo on your own machine: pick a fictional person, no real account is needed.</p>
      )}
    </div>
  );
}
