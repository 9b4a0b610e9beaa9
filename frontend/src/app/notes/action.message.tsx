'use client';

import { useEffect, useRef } from 'react';
import type { NoteActionState } from './note.action.state';

/** Announces how an action ended; with `takeFocus`, for actions that remove the button that was pressed. */
export function ActionMessage({ state, takeFocus = false }: { state: NoteActionState; takeFocus?: boolean }) {
  const box = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (takeFocus && state.turn > 0) box.current?.focus();
  }, [takeFocus, state.turn]);
  return (
    <p ref={box} tabIndex={-1} aria-live="polite" className={`action-message action-message-${state.tone}`}>
      {state.message}
    </p>
  );
}
