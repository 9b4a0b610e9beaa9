const { warn } = console;

// oidc-provider warns on import that it wants Node 22. Everything used of it here runs on 20.20, which the specs show,
// and the line would be the first thing that a newcomer reads.
console.warn = () => undefined;

/** Gives `console.warn` back, once oidc-provider has been imported. */
export function unmute(): void {
  console.warn = warn;
}
