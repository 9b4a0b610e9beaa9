import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import { ownMember, type JsonObject } from './compact-jwt';
import { listed, quotedClaim } from './quoted-value';
import { audienceHints, issuerHint } from './refusal-hints';
import { onOurClock } from './shown-moment';

/** How far the clocks of a provider and of this server may lie apart, in seconds, on either side. */
export const CLOCK_SKEW_SECONDS = 60;

/** One condition on the claims of a token; throws a ProviderTokenRefusedError where it does not hold. */
export type ClaimCheck = (claims: JsonObject) => void;

const SUBJECT = /^[\x20-\x7e]{1,255}$/;

const refused = (reason: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_invalid', reason);

/** `iss` is one of the accepted spellings, exactly. [Core 3.1.3.7(2)] */
export const issuerIs =
  (issuers: readonly string[]): ClaimCheck =>
  (claims) => {
    const issuer = ownMember(claims, 'iss');
    if (typeof issuer === 'string' && issuers.includes(issuer)) return;
    throw new ProviderTokenRefusedError('provider_token_wrong_issuer', 'iss is not an issuer of this provider').because(
      (context) => {
        const came = `iss was ${quotedClaim(claims, 'iss')}; configured: ${listed(issuers)}.`;
        return came + issuerHint(issuer, context);
      },
    );
  };

/** The audiences of a token as a list; empty where the claim is absent or of another type. */
export function audiencesOf(claims: JsonObject): readonly string[] {
  const audience = ownMember(claims, 'aud');
  if (typeof audience === 'string') return [audience];
  const isList = Array.isArray(audience) && audience.every((entry) => typeof entry === 'string');
  return isList ? audience : [];
}

/** `aud` names one of ours, and beside it nothing but what is tolerated. [Core 3.1.3.7(3); RFC 8725 3.9] */
export const audienceIs =
  (ours: readonly string[], tolerated: readonly string[] = []): ClaimCheck =>
  (claims) => {
    const audiences = audiencesOf(claims);
    const foreign = audiences.some((audience) => !ours.includes(audience) && !tolerated.includes(audience));
    if (!foreign && audiences.some((audience) => ours.includes(audience))) return;
    throw new ProviderTokenRefusedError('provider_token_wrong_audience', 'aud is not ours alone').because((context) => {
      const strangers = audiences.filter((audience) => !ours.includes(audience));
      const came = `aud was ${quotedClaim(claims, 'aud')}; configured: ${listed(ours)}.`;
      return came + audienceHints(strangers, context);
    });
  };

/** Each named claim, when present, is one of our client ids. [Core 3.1.3.7(4, 5)] */
export const authorizedPartyIs =
  (clientIds: readonly string[], names: readonly string[] = ['azp']): ClaimCheck =>
  (claims) => {
    for (const name of names) {
      const party = ownMember(claims, name);
      if (party === undefined || (typeof party === 'string' && clientIds.includes(party))) continue;
      throw new ProviderTokenRefusedError('provider_token_wrong_audience', `${name} is not one of our clients`).because(
        (context) => {
          const came = `${name} was ${quotedClaim(claims, name)}; configured: ${listed(clientIds)}.`;
          return came + audienceHints([party], context);
        },
      );
    }
  };

/** `sub` is 1 to 255 printable ASCII characters. [Core 2] */
export const subjectIsSound: ClaimCheck = (claims) => {
  const subject = ownMember(claims, 'sub');
  if (typeof subject === 'string' && SUBJECT.test(subject)) return;
  throw refused('sub is not a sound subject').because(() => {
    const came = typeof subject === 'string' ? `a text of ${subject.length} characters` : 'absent or no text';
    return `sub was ${came}; expected: 1 to 255 printable ASCII characters.`;
  });
};

function seconds(claims: JsonObject, name: string): number {
  const value = ownMember(claims, name);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw refused(`${name} is not a finite number`).because(
    () => `${name} was ${quotedClaim(claims, name)}; expected: seconds since 1970, as a number.`,
  );
}

/** How long a provider's token may live, and for how long after its issue it is accepted, in seconds. */
export interface TokenLimits {
  maximumLifetimeSeconds: number;
  maximumAgeSeconds: number;
}

const SKEW_ALLOWED = `${CLOCK_SKEW_SECONDS} s of difference between the clocks are allowed`;

function issuedAtHolds(issuedAt: number, now: number, maximumAgeSeconds: number): void {
  if (issuedAt > now + CLOCK_SKEW_SECONDS) {
    const ahead = Math.round(issuedAt - now);
    const reason = `iat lies ${ahead} s ahead: compare this server's clock with the provider's`;
    throw new ProviderTokenRefusedError('provider_token_not_yet_valid', reason).because(
      () => `${onOurClock('iat', issuedAt, now)} ${SKEW_ALLOWED}: one of the two is wrong.`,
    );
  }
  if (issuedAt < now - maximumAgeSeconds - CLOCK_SKEW_SECONDS) {
    throw new ProviderTokenRefusedError('provider_token_too_old', 'iat lies further back than is accepted').because(
      () => `${onOurClock('iat', issuedAt, now)} Accepted: at most ${maximumAgeSeconds} s; ${SKEW_ALLOWED}.`,
    );
  }
}

function expiryHolds(expiresAt: number, now: number): void {
  if (expiresAt > now - CLOCK_SKEW_SECONDS) return;
  const late = Math.round(now - expiresAt);
  throw new ProviderTokenRefusedError(
    'provider_token_expired',
    `exp passed ${late} s ago by this server's clock`,
  ).because(() => `${onOurClock('exp', expiresAt, now)} ${SKEW_ALLOWED}.`);
}

/**
 * `exp`, `iat` and `nbf` hold now, with {@link CLOCK_SKEW_SECONDS} of skew, and the token neither lives longer nor is
 * older than the limits. [Core 3.1.3.7(9, 10)]
 *
 * @param nowMilliseconds wall-clock time since the Unix epoch.
 */
export const timesHold =
  (nowMilliseconds: number, limits: TokenLimits): ClaimCheck =>
  (claims) => {
    const now = nowMilliseconds / 1000;
    const expiresAt = seconds(claims, 'exp');
    const issuedAt = seconds(claims, 'iat');
    if (expiresAt <= issuedAt || expiresAt - issuedAt > limits.maximumLifetimeSeconds) {
      throw refused('exp - iat is not a lifetime that is accepted').because(
        () => `exp - iat was ${expiresAt - issuedAt} s; accepted: 1 to ${limits.maximumLifetimeSeconds} s.`,
      );
    }
    expiryHolds(expiresAt, now);
    issuedAtHolds(issuedAt, now, limits.maximumAgeSeconds);
    if (ownMember(claims, 'nbf') === undefined) return;
    const notBefore = seconds(claims, 'nbf');
    if (notBefore <= now + CLOCK_SKEW_SECONDS) return;
    throw new ProviderTokenRefusedError('provider_token_not_yet_valid', 'nbf lies ahead').because(
      () => `${onOurClock('nbf', notBefore, now)} ${SKEW_ALLOWED}.`,
    );
  };
