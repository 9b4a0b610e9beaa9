/** Injection token: whether statements are prepared; off behind a pooler that cannot keep them. */
export const PREPARED_STATEMENTS = 'SOCIAL_AUTH_PREPARED_STATEMENTS';
