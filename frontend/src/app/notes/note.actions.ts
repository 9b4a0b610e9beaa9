'use server';

import { revalidatePath } from 'next/cache';
import { ignoreBody } from '../../api/backend.client';
import type { Refusal } from '../../api/backend.result';
import { isNoteText, NOTE_LENGTH, readNote } from '../../api/note.answer';
import { refusalMessage } from '../../messages/refusal.messages';
import { actAs } from '../../session/backend.access';
import { requireSessionToAct } from '../../session/current.session';
import type { NoteActionState } from './note.action.state';

/** Writes a note; the token travels from the cookie to the backend on this server only. */
export async function addNote(previous: NoteActionState, form: FormData): Promise<NoteActionState> {
  const session = await requireSessionToAct();
  const text = textField(form, 'text').trim();
  const turn = previous.turn + 1;
  if (!isNoteText(text))
    return { turn, tone: 'error', message: `A note has 1 to ${NOTE_LENGTH} characters.`, draft: text };
  const result = await actAs(session, '/notes', { method: 'POST', body: { text } }, readNote);
  if (!result.ok) return { turn, tone: 'error', message: sentence(result.refusal), draft: text };
  revalidatePath('/notes');
  return { turn, tone: 'success', message: 'Note added.', draft: '' };
}

/** Deletes one of the person's own notes. */
export async function deleteNote(previous: NoteActionState, form: FormData): Promise<NoteActionState> {
  const session = await requireSessionToAct();
  const path = `/notes/${encodeURIComponent(textField(form, 'id'))}`;
  const result = await actAs(session, path, { method: 'DELETE' }, ignoreBody);
  const turn = previous.turn + 1;
  if (!result.ok) return { turn, tone: 'error', message: sentence(result.refusal), draft: '' };
  revalidatePath('/notes');
  return { turn, tone: 'success', message: 'Note deleted.', draft: '' };
}

function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function sentence(refusal: Refusal): string {
  const { title, advice } = refusalMessage(refusal.code);
  return `${title} ${advice}`;
}
