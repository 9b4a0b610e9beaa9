import { onOurClock, shownMoment } from './shown-moment';

it('shows a moment with its date, where it has one', () => {
  expect(shownMoment(1_700_000_000)).toBe('1700000000 (2023-11-14T22:13:20.000Z)');
  expect(shownMoment(1e300)).toBe('1e+300');
});

it('says on which side of our clock a moment lies, and how far away', () => {
  expect(onOurClock('exp', 100, 160.4)).toBe(
    "exp was 100 (1970-01-01T00:01:40.000Z), 60 s behind this server's clock, 160 (1970-01-01T00:02:40.000Z).",
  );
  expect(onOurClock('iat', 700, 100)).toContain("600 s ahead of this server's clock");
});
