/** How a part of the set-up is: `fail` is what stops people from signing in. */
export type FindingStatus = 'ok' | 'warn' | 'fail';

/** One line of the doctor. */
export interface Finding {
  status: FindingStatus;
  /** What was looked at. */
  subject: string;
  /** How it is; never a secret. */
  message: string;
  /** What to do about it, where it is not well. */
  mend?: string;
}

/** A part that is well. */
export const ok = (subject: string, message: string): Finding => ({ status: 'ok', subject, message });

/** A part that works and deserves a look. */
export const warn = (subject: string, message: string, mend: string): Finding => ({
  status: 'warn',
  subject,
  message,
  mend,
});

/** A part that does not work. */
export const fail = (subject: string, message: string, mend: string): Finding => ({
  status: 'fail',
  subject,
  message,
  mend,
});
