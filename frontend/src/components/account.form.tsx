import type { ReactNode } from 'react';
import { csrfFieldValue } from '../session/csrf.field';

interface AccountFormProps {
  /** The last part of the address that it posts to. */
  name: string;
  /** Hidden fields. */
  fields?: Readonly<Record<string, string>>;
  className?: string;
  children: ReactNode;
}

/** A plain form of the account pages, with our CSRF token: it works without scripts. */
export async function AccountForm({ name, fields = {}, className, children }: AccountFormProps) {
  const csrfToken = await csrfFieldValue();
  return (
    <form method="post" action={`/api/account/${name}`} className={className}>
      <input type="hidden" name="csrfToken" value={csrfToken} />
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      {children}
    </form>
  );
}
