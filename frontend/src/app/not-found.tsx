import type { Metadata } from 'next';
import Link from 'next/link';

export const metadata: Metadata = { title: 'Page not found' };

/** For addresses that lead nowhere. */
export default function NotFound() {
  return (
    <>
      <h1>There is no such page</h1>
      <p className="lead">The address may be mistyped, or the page is gone.</p>
      <p>
        <Link className="button" href="/" prefetch={false}>
          Go to the home page
        </Link>
      </p>
    </>
  );
}
