import 'server-only';
import { cookies } from 'next/headers';
import type { Fields } from '../api/answer.fields';
import { frontendSettings } from '../settings/environment';
import { cookieNames } from './cookie.names';
import { seal, unseal, type SealPurpose } from './sealed.value';

/** Keeps something in this browser for so many seconds, where no script and nobody else can read or change it. */
export async function keepSealed(purpose: SealPurpose, content: Fields, seconds: number): Promise<void> {
  const { secret } = frontendSettings();
  await setCookie(purpose, await seal(purpose, content, secret, seconds), seconds);
}

/** What this browser keeps for the purpose, or undefined. */
export async function openSealed(purpose: SealPurpose): Promise<Fields | undefined> {
  const value = (await cookies()).get(nameOf(purpose))?.value;
  return value === undefined ? undefined : unseal(purpose, value, frontendSettings().secret);
}

/** Takes away what this browser keeps for the purpose. */
export async function forgetSealed(purpose: SealPurpose): Promise<void> {
  if ((await cookies()).has(nameOf(purpose))) await setCookie(purpose, '', 0);
}

async function setCookie(purpose: SealPurpose, value: string, maxAge: number): Promise<void> {
  const { secure } = cookieNames(frontendSettings().origin);
  (await cookies()).set({ name: nameOf(purpose), value, maxAge, path: '/', httpOnly: true, sameSite: 'lax', secure });
}

function nameOf(purpose: SealPurpose): string {
  const { linkIntent, linkTicket, personName } = cookieNames(frontendSettings().origin);
  return { 'link-intent': linkIntent, 'link-ticket': linkTicket, 'person-name': personName }[purpose];
}
