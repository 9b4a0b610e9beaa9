'use client';

import { SessionProvider, useSession } from 'next-auth/react';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import type { BackendResult } from '../../api/backend.result';
import { NOTE_FIELD_LENGTH, type Note } from '../../api/note.answer';
import { RefusalAlert } from '../../components/refusal.alert';
import { fetchNotes, postNote } from './browser.notes.client';
import { NoteItems } from './note.items';

interface BrowserNotesProps {
  backendUrl: string;
  /** Another one whenever the page has learnt of other notes through our server. */
  revision: string;
}

/** The same notes, without our server in between: only where the site hands the backend's token to its pages. */
export function BrowserNotes(props: BrowserNotesProps) {
  return (
    <SessionProvider refetchOnWindowFocus={false}>
      <DirectNotes {...props} />
    </SessionProvider>
  );
}

function DirectNotes({ backendUrl, revision }: BrowserNotesProps) {
  const router = useRouter();
  const { data: session, status } = useSession();
  const token = session?.authToken;
  const [answer, setAnswer] = useState<BackendResult<Note[]>>();
  const reload = useCallback(async () => {
    if (!token) return;
    const result = await fetchNotes(backendUrl, token);
    if (!result.ok && result.refusal.status === 401) window.location.assign('/session/ended');
    else setAnswer(result);
  }, [backendUrl, token]);
  useEffect(() => void reload(), [reload, revision]);

  if (status === 'unauthenticated') return <RefusalAlert code="session_expired" />;
  if (!token || !answer) return <p aria-live="polite">Loading…</p>;
  return (
    <>
      <DirectNoteForm send={(text) => postNote(backendUrl, token, text)} onSent={() => router.refresh()} />
      {answer.ok ? <NoteItems notes={answer.value} /> : <RefusalAlert code={answer.refusal.code} />}
    </>
  );
}

interface DirectNoteFormProps {
  send: (text: string) => Promise<BackendResult<Note>>;
  /** Our server shows the new note too, and so tells this panel that there is one. */
  onSent: () => void;
}

function DirectNoteForm({ send, onSent }: DirectNoteFormProps) {
  const [refusalCode, setRefusalCode] = useState<string>();
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const submit = async (): Promise<void> => {
    setPending(true);
    const result = await send(text.trim());
    setPending(false);
    setRefusalCode(result.ok ? undefined : result.refusal.code);
    if (!result.ok) return;
    setText('');
    onSent();
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
        maxLength={NOTE_FIELD_LENGTH}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="button-row">
        <button type="submit" className="button" disabled={pending}>
          Send
        </button>
      </div>
      {refusalCode && <RefusalAlert code={refusalCode} />}
    </form>
  );
}
