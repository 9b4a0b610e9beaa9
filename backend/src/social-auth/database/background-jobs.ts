/** Injection token: whether background jobs run by themselves; off in tests that drive them. */
export const BACKGROUND_JOBS = 'SOCIAL_AUTH_BACKGROUND_JOBS';
