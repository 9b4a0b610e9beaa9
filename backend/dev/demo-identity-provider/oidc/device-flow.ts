import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { Answer } from '../endpoints/answer';
import { codeConfirmPage, codeDonePage, codeInputPage, DeviceForm } from '../pages/device.page';
import { IssuerTwin } from '../twins/issuer-twin';
import { Provider } from './oidc-library';

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

/** What the real issuers tell a television to wait between two questions, in seconds. */
const POLL_SECONDS = 5;

function show(ctx: KoaContextWithOIDC, { headers, body }: Answer): void {
  ctx.set(headers);
  ctx.body = body;
}

function formOf({ oidc, state }: KoaContextWithOIDC, userCode?: string): DeviceForm {
  const { secret } = oidc.session?.state as { secret: string };
  const prefilled = userCode ?? (state.userCode as string | undefined);
  return { action: oidc.urlFor('code_verification'), secret, userCode: prefilled };
}

/** Why the code has to be entered again. */
function problemOf(error: (Error & { userCode?: string }) | undefined): string | undefined {
  if (!error) return undefined;
  if (error.name === 'AbortedError') return 'The television was not connected.';
  if (error.name === 'NoCodeError' || error.userCode !== undefined)
    return 'This code is not valid, or no longer: look at the television again.';
  return 'Something went wrong. Enter the code once more.';
}

/** The pages on which somebody connects a television, without a script. */
export function deviceFlow(twin: IssuerTwin): DeviceFlow {
  return {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    userCodeInputSource: (ctx, _form, _out, error) =>
      show(ctx, codeInputPage(twin, formOf(ctx, (error as { userCode?: string })?.userCode), problemOf(error))),
    userCodeConfirmSource: (ctx, _form, client, _device, userCode) =>
      show(ctx, codeConfirmPage(twin, formOf(ctx, userCode), client.clientName ?? client.clientId)),
    successSource: (ctx) => show(ctx, codeDonePage(twin)),
  };
}

/** Lets a code in the address fill the form, where oidc-provider would send it by script, and answers as the twin does. */
export function shapeDeviceRequests(provider: Provider, { paths, verificationAddress }: IssuerTwin): void {
  provider.use(async (ctx, next) => {
    if (ctx.method === 'GET' && ctx.path === paths.device) {
      ctx.state.userCode = ctx.query.user_code;
      ctx.querystring = '';
    }
    await next();
    if (ctx.path !== paths.deviceAuthorization || ctx.status !== 200) return;
    const {
      verification_uri: page,
      verification_uri_complete: filled,
      ...answer
    } = ctx.body as Record<string, unknown>;
    const addresses = { [verificationAddress]: page, [`${verificationAddress}_complete`]: filled };
    ctx.body = { ...answer, ...addresses, interval: POLL_SECONDS };
  });
}
