/** Injection token of the {@link PurgeRule}s: one for each table from which something is purged. */
export const PURGE_RULES = 'SOCIAL_AUTH_PURGE_RULES';

/** Which rows of a table have had their time. */
export interface PurgeRule {
  table: string;
  /** SQL of the moment from which a row's time counts: what an index of the table is over. */
  since: string;
  /** For how long a row is kept from then on. */
  keptSeconds: number;
  /**
   * The table has a column `xid`, and a row may go once everybody has had the time between two runs to read it: a
   * transaction that was open for long shows rows that are old already.
   */
  awaitsReaders?: boolean;
}
