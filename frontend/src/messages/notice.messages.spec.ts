import { signOutNotice } from '../session/sign-out.notice';
import { noticeMessage } from './notice.messages';

describe('the word after a sign-out', () => {
  it('warns when the backend was not told', () => {
    expect(noticeMessage(signOutNotice('here', true))).toMatchObject({ warning: false });
    expect(noticeMessage(signOutNotice('everywhere', true))).toMatchObject({ warning: false });
    expect(noticeMessage(signOutNotice('here', false))?.text).toContain('expires');
    expect(noticeMessage(signOutNotice('everywhere', false))?.text).toContain('other devices are still signed in');
  });

  it.each([undefined, '', 'made-up', 'toString', '__proto__'])('is none for %p', (code) => {
    expect(noticeMessage(code)).toBeUndefined();
  });
});
