import { SocialAuthError } from '../../src/social-auth/errors/social-auth.error';

/** The error with which a piece of the module refuses; an error of its own if it refuses nothing or fails otherwise. */
export async function refusalOf(work: () => unknown): Promise<SocialAuthError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SocialAuthError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** The stable code of the refusal. */
export async function codeOf(work: () => unknown): Promise<string> {
  return (await refusalOf(work)).code;
}
