import type { LinkedIdentity } from '../../../api/identity.answer';
import { AccountForm } from '../../../components/account.form';
import { Moment } from '../../../components/moment';

/** One way to sign in, with a button that unlinks it unless it is the only one. */
export function IdentityItem({ identity, isOnly }: { identity: LinkedIdentity; isOnly: boolean }) {
  const { id, title, email, name, emailVerified, isPrimary } = identity;
  return (
    <li className="entry">
      <div className="entry-head">
        <h2 className="entry-title">
          {title} {isPrimary && <span className="badge badge-good">main</span>}
        </h2>
        {!isOnly && (
          <AccountForm name="unlink" fields={{ id }}>
            <button type="submit" className="button button-small">
              Unlink<span className="visually-hidden"> {`${title} ${email ?? name ?? ''}`.trim()}</span>
            </button>
          </AccountForm>
        )}
      </div>
      <dl className="entry-facts">
        <dt>Name</dt>
        <dd>{name ?? 'none'}</dd>
        <dt>E-mail</dt>
        <dd>{email ? `${email} (${emailVerified ? 'verified' : 'not verified'})` : 'none'}</dd>
        <dt>Linked</dt>
        <dd>
          <Moment instant={identity.createdAt} />
        </dd>
        <dt>Last used</dt>
        <dd>
          <Moment instant={identity.lastUsedAt} otherwise="not yet" />
        </dd>
      </dl>
    </li>
  );
}
