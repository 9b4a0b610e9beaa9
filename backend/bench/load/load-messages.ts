/** How a target is driven. */
export interface LoadShape {
  connections: number;
  /** Whether whoever sends never sleeps meanwhile. */
  isAwake: boolean;
}

/** What the load process is asked to do. */
export type LoadOrder =
  | { kind: 'open'; target: string; port: number; shape: LoadShape; requests: readonly string[] }
  /** Every request once. */
  | { kind: 'pass'; target: string }
  | { kind: 'run'; target: string; milliseconds: number }
  | { kind: 'close'; target: string };

/** What came of a run. */
export interface LoadResult {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
}

/** What the load process answers to an order. */
export type LoadReply = { kind: 'done'; result?: LoadResult } | { kind: 'failed'; message: string };
