/** Names the process that a child is to end with. */
export const EXPECTED_PARENT = 'CHILD_OF';

/** Carries what the parent orders, in JSON: arguments could be read by everybody on the machine. */
export const ORDER = 'CHILD_ORDER';
