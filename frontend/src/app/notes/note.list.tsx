'use client';

import { useActionState } from 'react';
import type { Note } from '../../api/note.answer';
import { ActionMessage } from './action.message';
import { noActionYet } from './note.action.state';
import { deleteNote } from './note.actions';
import { NoteItems } from './note.items';

/** The person's notes, each with a button that deletes it through our server. */
export function NoteList({ notes }: { notes: Note[] }) {
  const [state, action, pending] = useActionState(deleteNote, noActionYet);
  return (
    <>
      <ActionMessage state={state} takeFocus />
      <NoteItems
        notes={notes}
        control={(note) => (
          <form action={action}>
            <input type="hidden" name="id" value={note.id} />
            <button type="submit" className="button button-small" disabled={pending}>
              Delete<span className="visually-hidden"> the note “{note.text.slice(0, 40)}”</span>
            </button>
          </form>
        )}
      />
    </>
  );
}
