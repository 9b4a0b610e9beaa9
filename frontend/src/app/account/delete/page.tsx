import type { Metadata } from 'next';
import { AccountForm } from '../../../components/account.form';
import { Outcome, type PageQuery } from '../../../components/outcome';
import { ACCOUNT_PAGES } from '../../../session/account.pages';
import { requireSession } from '../../../session/current.session';
import { DELETE_CONFIRMATION } from '../../../session/delete.confirmation';

export const metadata: Metadata = { title: 'Delete account' };

/** The way out for good, behind words that nobody types by mistake. */
export default async function DeletePage({ searchParams }: { searchParams: PageQuery }) {
  const { account } = await requireSession(ACCOUNT_PAGES.delete);
  return (
    <>
      <h1>Delete your account</h1>
      <Outcome query={searchParams} />
      <section className="card" aria-label="What is deleted">
        <p>
          This deletes the account of <strong>{account.email ?? account.name ?? account.id}</strong> with everything
          that belongs to it, and signs you out everywhere. It cannot be undone.
        </p>
        <AccountForm name="delete" className="text-form">
          <label htmlFor="confirmation">
            To go on, type <strong>{DELETE_CONFIRMATION}</strong>
          </label>
          <input
            id="confirmation"
            name="confirmation"
            type="text"
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <div className="button-row">
            <button type="submit" className="button button-danger">
              Delete the account
            </button>
          </div>
        </AccountForm>
      </section>
    </>
  );
}
