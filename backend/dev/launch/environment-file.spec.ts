import { firstBrokenLine } from './environment-file';

it.each([
  ['assignments, comments and empty lines', 'A=1\n\n# a comment\n  B = two words\nexport C=3\n'],
  ['an empty value', 'A=\n'],
  ['a quoted value over several lines', 'A="one\ntwo\nthree"\nB=1\n'],
  ['Windows line ends', 'A=1\r\nB=2\r\n'],
])('accepts %s', (_what, text) => {
  expect(firstBrokenLine(text)).toBeUndefined();
});

it.each([
  ['a line without =', 'A=1\nB 2\n', 2],
  ['a name that is none', '1A=1\n', 1],
  ['a quote that never ends', 'A="one\nB=2\n', 3],
])('finds %s', (_what, text, line) => {
  expect(firstBrokenLine(text)).toBe(line);
});
