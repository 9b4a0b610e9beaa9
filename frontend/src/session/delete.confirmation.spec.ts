import { DELETE_CONFIRMATION, isDeletionConfirmed } from './delete.confirmation';

describe('the confirmation of a deletion', () => {
  it.each([DELETE_CONFIRMATION, ' Delete my account ', 'DELETE MY ACCOUNT'])('is given by %p', (text) => {
    expect(isDeletionConfirmed(text)).toBe(true);
  });

  it.each([undefined, '', 'delete', 'delete my account!', 'delete  my account', 'on'])('is not given by %p', (text) => {
    expect(isDeletionConfirmed(text)).toBe(false);
  });
});
