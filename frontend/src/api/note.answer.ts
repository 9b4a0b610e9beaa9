import { fieldsOf, instantOf, textOf } from './answer.fields';

/** A note as the backend describes it. */
export interface Note {
  id: string;
  text: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** The most characters that the backend takes for one note: code points, as PostgreSQL counts them. */
export const NOTE_LENGTH = 1_000;

/** Fields count UTF-16 units, of which a character has at most two: a field that allows these never cuts a note. */
export const NOTE_FIELD_LENGTH = 2 * NOTE_LENGTH;

/** Whether the backend takes a text for a note. */
export const isNoteText = (text: string): boolean => text !== '' && [...text].length <= NOTE_LENGTH;

/** The note in an answer of the backend, or undefined where there is none. */
export function readNote(body: unknown): Note | undefined {
  const fields = fieldsOf(body);
  const id = textOf(fields?.id);
  const text = textOf(fields?.text);
  const createdAt = instantOf(fields?.created_at);
  return id && text && createdAt !== undefined ? { id, text, createdAt } : undefined;
}

/** The list of notes in an answer of the backend, or undefined where there is none. */
export function readNotes(body: unknown): Note[] | undefined {
  const notes = fieldsOf(body)?.notes;
  return Array.isArray(notes) ? notes.flatMap((note: unknown) => readNote(note) ?? []) : undefined;
}
