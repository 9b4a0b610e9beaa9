import { refusalMessage, type RefusedWay } from '../messages/refusal.messages';
import { Alert } from './alert';

/** Why something was refused, in plain words, and what to do. */
export function RefusalAlert({ code, ...way }: { code: string } & RefusedWay) {
  const { title, advice } = refusalMessage(code, way);
  return (
    <Alert tone="error">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{advice}</p>
    </Alert>
  );
}
