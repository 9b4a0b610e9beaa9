'use client';

/** For what nobody foresaw in a page: says so, keeps the frame, and offers to ask the server again. */
export default function PageError({ retry }: { retry: () => void }) {
  return (
    <>
      <h1>Something went wrong</h1>
      <p className="lead">It is not your fault. Please try again in a moment.</p>
      <div className="button-row">
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
        <a className="button button-quiet" href="/">
          Go to the home page
        </a>
      </div>
    </>
  );
}
