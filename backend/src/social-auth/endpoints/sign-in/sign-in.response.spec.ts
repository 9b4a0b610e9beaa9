import { AccountEntity } from '../../accounts/account.entity';
import type { SignInResult } from '../../accounts/accounts.service';
import { accountResponse } from '../accounts/account.response';
import { signInResponse } from './sign-in.response';

const account = Object.assign(new AccountEntity(), {
  id: '01939f6e-7b5c-7c3a-9d58-0c5b3f3d7a11',
  email: null,
  emailVerified: false,
  name: 'Ada',
  picture: null,
  provider: 'auth0',
  createdAt: new Date(0),
  disabledAt: null,
});

describe('the answer to a sign-in', () => {
  it('T4 shows the token, its end in RFC 3339 UTC, and the account, and nothing else', () => {
    const result: SignInResult = {
      account,
      issued: {
        id: 'of the token',
        token: 'nte_x',
        expiresAt: new Date('2026-11-22T10:30:00+01:00'),
        expiresIn: 86_400,
      },
      isNewAccount: true,
    };
    expect(signInResponse(result)).toEqual({
      token: 'nte_x',
      token_type: 'Bearer',
      expires_at: '2026-11-22T09:30:00.000Z',
      expires_in: 86_400,
      account: {
        id: account.id,
        email: null,
        email_verified: false,
        name: 'Ada',
        picture: null,
        provider: 'auth0',
      },
      is_new_account: true,
    });
  });

  it('shows of an account what its owner may see, and no column more', () => {
    expect(Object.keys(accountResponse(account))).toEqual([
      'id',
      'email',
      'email_verified',
      'name',
      'picture',
      'provider',
    ]);
  });
});
