/** The pages below a person's account, which link to each other. */
export const ACCOUNT_PAGES = {
  overview: '/account',
  sessions: '/account/sessions',
  identities: '/account/identities',
  activity: '/account/activity',
  link: '/account/link',
  delete: '/account/delete',
} as const;
