'use client';

import { SessionProvider, useSession } from 'next-auth/react';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import type { BackendResult } from '../../api/backend.result';
import { NOTE_LENGTH, type Note } from '../../api/note.answer';
import { RefusalAlert } from '../../components/refusal.alert';
import { fetchNotes, postNote } from './browser.notes.client';
import { NoteItems } from './note.items';

/** The same notes, without our server in between: only where the site hands the backend's token to its pages. */
export function BrowserNotes({ backendUrl }: { backendUrl: string }) {
  return (
    <SessionProvider refetchOnWindowFocus={false}>
      <DirectNotes backendUrl={backendUrl} />
    </SessionProvider>
  );
}

function DirectNotes({ backendUrl }: { backendUrl: string }) {
  const { data: session, status } = useSession();
  const token = session?.authToken;
  const [answer, setAnswer] = useState<BackendResult<Note[]>>();
  const reload = useCallback(async () => {
    if (!token) return;
    const result = await fetchNotes(backendUrl, token);
    if (!result.ok && result.refusal.status === 401) window.location.assign('/session/ended');
    else setAnswer(result);
  }, [backendUrl, token]);
  useEffect(() => void reload(), [reload]);

  if (status === 'unauthenticated') return <RefusalAlert code="session_expired" />;
  if (!token || !answer) return <p aria-live="polite">Loading…</p>;
  return (
    <>
      <DirectNoteForm send={(text) => postNote(backendUrl, token, text)} onSent={reload} />
      {answer.ok ? <NoteItems notes={answer.value} /> : <RefusalAlert code={answer.refusal.code} />}
    </>
  );
}

interface DirectNoteFormProps {
  send: (text: string) => Promise<BackendResult<Note>>;
  onSent: () => Promise<void>;
}

function DirectNoteForm({ send, onSent }: DirectNoteFormProps) {
  const [refusalCode, setRefusalCode] = useState<string>();
  const [text, setText] = useState('');
  const submit = async (): Promise<void> => {
    const result = await send(text.trim());
    setRefusalCode(result.ok ? undefined : result.refusal.code);
    if (!result.ok) return;
    setText('');
    await onSent();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  return (
    <form className="note-form" onSubmit={onSubmit}>
      <label htmlFor="direct-note-text">New note, straight from this browser</label>
      <textarea
        id="direct-note-text"
        rows={2}
        required
        maxLength={NOTE_LENGTH}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="button-row">
        <button type="submit" className="button">
          Send
        </button>
      </div>
      {refusalCode && <RefusalAlert code={refusalCode} />}
    </form>
  );
}
