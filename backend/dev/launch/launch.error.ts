/** Something that a person can mend: the message says in one line what is missing and how to get it. */
export class LaunchError extends Error {}
