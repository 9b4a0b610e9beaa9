import { isNoteText, NOTE_FIELD_LENGTH, NOTE_LENGTH } from './note.answer';

describe('the text of a note', () => {
  it.each([
    ['a character', 'a', true],
    ['as many as the backend takes', 'é'.repeat(NOTE_LENGTH), true],
    ['as many outside the basic plane', '😀'.repeat(NOTE_LENGTH), true],
    ['nothing', '', false],
    ['one more', 'a'.repeat(NOTE_LENGTH + 1), false],
    ['one more outside the basic plane', '😀'.repeat(NOTE_LENGTH + 1), false],
  ])('%s', (_what, text, isTaken) => {
    expect(isNoteText(text)).toBe(isTaken);
  });

  it('fits into its field, however it is counted', () => {
    expect('😀'.repeat(NOTE_LENGTH).length).toBeLessThanOrEqual(NOTE_FIELD_LENGTH);
  });
});
