import type { ReactNode } from 'react';
import type { Note } from '../../api/note.answer';
import { dateText } from '../../messages/date.text';

/** Notes as a list, or a word where there are none. */
export function NoteItems({ notes, control }: { notes: Note[]; control?: (note: Note) => ReactNode }) {
  if (notes.length === 0) return <p className="empty">No notes yet.</p>;
  return (
    <ul className="notes">
      {notes.map((note) => (
        <li key={note.id} className="note">
          <p className="note-text">{note.text}</p>
          <div className="note-foot">
            <time dateTime={new Date(note.createdAt).toISOString()}>{dateText(note.createdAt)}</time>
            {control?.(note)}
          </div>
        </li>
      ))}
    </ul>
  );
}
