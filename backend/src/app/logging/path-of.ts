const LONGEST_PATH = 512;

/** The path of a request target, without its query: people put tokens there. */
export function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0]!.slice(0, LONGEST_PATH);
}
