'use client';

import { useActionState } from 'react';
import { NOTE_FIELD_LENGTH } from '../../api/note.answer';
import { ActionMessage } from './action.message';
import { noActionYet } from './note.action.state';
import { addNote } from './note.actions';

/** Writes a note through our server. */
export function NoteForm() {
  const [state, action, pending] = useActionState(addNote, noActionYet);
  return (
    <form action={action} className="note-form">
      <label htmlFor="note-text">New note</label>
      <textarea id="note-text" name="text" rows={3} required maxLength={NOTE_FIELD_LENGTH} defaultValue={state.draft} />
      <div className="button-row">
        <button type="submit" className="button" disabled={pending}>
          Add note
        </button>
        <ActionMessage state={state} />
      </div>
    </form>
  );
}
