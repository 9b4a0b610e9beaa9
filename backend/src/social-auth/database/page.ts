/** Some rows of a list that is read page by page, newest first. */
export interface Page<Row> {
  rows: Row[];
  /** The `before` of the next page; `undefined`: this is the last one. */
  next: string | undefined;
}

/** The page at the front of rows that were read: one more than is wanted tells whether there is a next page. */
export function firstPage<Row extends { id: string }>(found: readonly Row[], limit: number): Page<Row> {
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? rows.at(-1)?.id : undefined };
}
