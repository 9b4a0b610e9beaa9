/** What a role is called. */
export const ROLE_NAME = /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/;

/** The most roles of one account. */
export const MAXIMUM_ROLES = 32;

/** The list as it is kept, each role once and in order; `undefined` if it is not one of roles. */
export function asRoles(roles: readonly string[]): string[] | undefined {
  const unique = [...new Set(roles)].sort();
  const isSound = unique.length <= MAXIMUM_ROLES && unique.every((role) => ROLE_NAME.test(role));
  return isSound ? unique : undefined;
}

/** Whether two lists hold the same roles, in whatever order. */
export const sameRoles = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...new Set(one)].sort()) === JSON.stringify([...new Set(other)].sort());
