/** What one contestant must reach against another, in requests per CPU second of the server. */
export interface Target {
  of: string;
  against: string;
  atLeast: number;
}

/** What `--check` holds the product to. */
export const targets: readonly Target[] = [
  { of: 'guarded-cached', against: 'guarded-bare', atLeast: 0.8 },
  { of: 'guarded-cached', against: 'guarded-passport-jwt', atLeast: 4 },
  { of: 'guarded-cached', against: 'guarded-drf', atLeast: 30 },
  { of: 'guarded-cached', against: 'guarded-better-auth', atLeast: 20 },
  { of: 'guarded-uncached', against: 'guarded-bare', atLeast: 0.6 },
  { of: 'guarded-uncached', against: 'guarded-drf', atLeast: 20 },
  { of: 'guarded-uncached', against: 'guarded-better-auth', atLeast: 15 },
  // At most twice the CPU time of the same endpoint when it verifies only.
  { of: 'exchange-ours', against: 'exchange-verifying', atLeast: 0.5 },
  { of: 'exchange-ours', against: 'exchange-naive', atLeast: 10 },
  { of: 'exchange-ours', against: 'exchange-better-auth', atLeast: 10 },
  { of: 'exchange-ours', against: 'exchange-drf', atLeast: 10 },
];
