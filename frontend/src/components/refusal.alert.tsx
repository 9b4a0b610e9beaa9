import { refusalMessage } from '../messages/refusal.messages';
import { Alert } from './alert';

/** Why something was refused, in plain words, and what to do. */
export function RefusalAlert({ code, otherProviderTitle }: { code: string; otherProviderTitle?: string }) {
  const { title, advice } = refusalMessage(code, otherProviderTitle);
  return (
    <Alert tone="error">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{advice}</p>
    </Alert>
  );
}
