/** How an action on notes ended, for the form that started it. */
export interface NoteActionState {
  /** Counts the actions, so that the same message twice is news twice. */
  turn: number;
  tone: 'success' | 'error';
  /** Empty before the first action. */
  message: string;
  /** What the person typed, where it was not saved. */
  draft: string;
}

/** Before anything happened. */
export const noActionYet: NoteActionState = { turn: 0, tone: 'success', message: '', draft: '' };
