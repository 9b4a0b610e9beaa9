'use client';

import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

/** For what nobody foresaw in the frame itself. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Token Exchange</title>
        <main id="main">
          <h1>Something went wrong</h1>
          <p className="lead">It is not your fault. Please try again in a moment.</p>
          <p>
            <a className="button" href="/">
              Go to the home page
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
