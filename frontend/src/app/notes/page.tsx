import type { Metadata } from 'next';
import type { BackendResult } from '../../api/backend.result';
import { readNotes, type Note } from '../../api/note.answer';
import { RefusalAlert } from '../../components/refusal.alert';
import { askAs } from '../../session/backend.access';
import { requireSession } from '../../session/current.session';
import { frontendSettings } from '../../settings/environment';
import { BrowserNotes } from './browser.notes';
import { NoteForm } from './note.form';
import { NoteList } from './note.list';

export const metadata: Metadata = { title: 'Notes' };

/** The person's notes, from a controller of the backend that has no line about signing in. */
export default async function NotesPage() {
  const session = await requireSession('/notes');
  const notes = await askAs(session, '/notes', {}, readNotes);
  const { exposeApiToken, publicBackendUrl } = frontendSettings();
  return (
    <>
      <h1>Your notes</h1>
      <section className="card" aria-labelledby="server-notes-heading">
        <h2 id="server-notes-heading">Through this site’s server</h2>
        <p className="hint">
          {exposeApiToken
            ? 'Here the token goes from the encrypted cookie to the backend without passing through the page.'
            : 'The token stays in an encrypted cookie that no script can read.'}
        </p>
        <NoteForm />
        {notes.ok ? <NoteList notes={notes.value} /> : <RefusalAlert code={notes.refusal.code} />}
      </section>
      <section className="card" aria-labelledby="browser-notes-heading">
        <h2 id="browser-notes-heading">Straight from this browser</h2>
        {exposeApiToken ? (
          <>
            <p className="hint">
              <code>EXPOSE_API_TOKEN=true</code>: <code>useSession()</code> has the token, and this page calls{' '}
              <code>{publicBackendUrl}/notes</code> by itself.
            </p>
            <BrowserNotes backendUrl={publicBackendUrl} revision={revisionOf(notes)} />
          </>
        ) : (
          <p className="hint">
            Off: no script of this page can see the token. To let pages call the backend by themselves with{' '}
            <code>useSession().data.authToken</code>, start the site with <code>EXPOSE_API_TOKEN=true</code>.
          </p>
        )}
      </section>
    </>
  );
}

function revisionOf(notes: BackendResult<Note[]>): string {
  return notes.ok ? notes.value.map(({ id }) => id).join() : '';
}
