import { askBackend } from '../../api/backend.client';
import type { BackendResult } from '../../api/backend.result';
import { readNote, readNotes, type Note } from '../../api/note.answer';

/** The person's notes, asked for by the browser itself with the token that `useSession` gave it. */
export function fetchNotes(backendUrl: string, token: string): Promise<BackendResult<Note[]>> {
  return askBackend(backendUrl, '/notes', { token }, readNotes);
}

/** Writes a note from the browser itself. */
export function postNote(backendUrl: string, token: string, text: string): Promise<BackendResult<Note>> {
  return askBackend(backendUrl, '/notes', { method: 'POST', token, body: { text } }, readNote);
}
