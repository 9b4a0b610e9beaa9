/** How much longer than its deadline something may take: a machine with ten times the work still gets there. */
const PATIENCE = 5;

/**
 * The time within which something must have ended that a deadline of ours ends, in milliseconds. It tells a deadline
 * from none; how exactly deadlines are kept is measured in `test/timing`.
 */
export const patienceFor = (deadlineMs: number): number => deadlineMs * PATIENCE;
