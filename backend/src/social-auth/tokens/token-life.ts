/** SQL: when the token in `alias` ends unless it is used before; null-safe, since `least` passes over null. */
export const endOf = (alias: string): string =>
  `least(${alias}.expires_at, coalesce(${alias}.last_used_at, ${alias}.created_at) + make_interval(secs => ${alias}.idle_seconds))`;

/** SQL: whether the token in `alias` lives, by the database's clock; that it was rotated is another question. */
export const lives = (alias: string): string => `(${alias}.revoked_at is null and ${endOf(alias)} > now())`;

/** SQL: the id of the first token of the chain of rotations to which the token in `alias` belongs. */
export const familyOf = (alias: string): string => `coalesce(${alias}.family_id, ${alias}.id)`;
