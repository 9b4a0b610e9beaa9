import { RequireFreshSignIn } from './route-access';

describe('@RequireFreshSignIn()', () => {
  it.each([0, -1, 1.5, NaN, Infinity])('takes no %s seconds', (seconds) =>
    expect(() => RequireFreshSignIn(seconds)).toThrow(RangeError),
  );

  it.each([undefined, 1, 86_400])('takes %s seconds', (seconds) =>
    expect(() => RequireFreshSignIn(seconds)).not.toThrow(),
  );
});
