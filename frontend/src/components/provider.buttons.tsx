import type { ConfiguredProvider } from '../providers/sign-in.provider';
import { csrfFieldValue } from '../session/csrf.field';
import { frontendSettings } from '../settings/environment';
import { isLoopback } from '../settings/variable.reader';

interface ProviderButtonsProps {
  callbackUrl: string;
  /** The providers to offer; all by default. */
  only?: readonly ConfiguredProvider[];
  /** Why a person who is signed in goes there: to sign in once more, or to link what they have there. */
  purpose?: 'again' | 'link';
}

/** One button for each provider: plain forms, which work without scripts. */
export async function ProviderButtons({ callbackUrl, only, purpose }: ProviderButtonsProps) {
  const csrfToken = await csrfFieldValue();
  const { providers } = frontendSettings();
  const isDemo = providers.some(({ issuer }) => isLoopback(new URL(issuer)));
  return (
    <div className="provider-buttons">
      {(only ?? providers).map(({ id, title }) => (
        <form key={id} method="post" action={`/api/auth/signin/${id}`}>
          <input type="hidden" name="csrfToken" value={csrfToken} />
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          {purpose && <input type="hidden" name="purpose" value={purpose} />}
          <button type="submit" className="button button-provider">
            <span className={`provider-mark provider-mark-${id}`} aria-hidden="true">
              {title.slice(0, 1)}
            </span>
            {purpose === 'link' ? 'Link' : 'Continue with'} {title}
          </button>
        </form>
      ))}
      {isDemo && (
        <p className="hint">This is a demo on your own machine: pick a fictional person, no real account is needed.</p>
      )}
    </div>
  );
}
