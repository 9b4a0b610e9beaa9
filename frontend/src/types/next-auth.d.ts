import 'next-auth';
import 'next-auth/jwt';
import type { ApiSession } from '../session/api.session';

declare module 'next-auth' {
  interface Session {
    /** The backend's token: present only with `EXPOSE_API_TOKEN=true`. */
    authToken?: string;
  }

  interface Account {
    /** What the backend answered to the exchange, on its way from the `signIn` to the `jwt` callback. */
    apiSession?: ApiSession;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    /** Everything that our session cookie holds. */
    apiSession?: ApiSession;
  }
}
