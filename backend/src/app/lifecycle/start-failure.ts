import { serverRefusalOf } from '../logging/database-error';
import { serialiseError } from '../logging/error.serialiser';
import { SettingsError } from '../settings/settings.error';

/** Classes of SQLSTATE that a wrong address explains: the password, the database, the rights of the role. */
const WRONG_ADDRESS = /^(28|3D|42501)/;

/** What the person who starts the server reads when it does not start: a stack only where nothing else helps. */
export function explainStartFailure(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { type, message, code, stack = '' } = serialiseError(error);
  if (code === 'EADDRINUSE')
    return 'The port is taken: end the program that listens on it, or set PORT, or METRICS_PORT, to another.';
  if (isRefusalOfAddress(error)) return `The database refused: ${message}. Check DATABASE_URL.`;
  return `${type}: ${message}\n${stack.replace(/^/gm, '    ')}`;
}

function isRefusalOfAddress(error: unknown): boolean {
  return error instanceof Error && WRONG_ADDRESS.test(serverRefusalOf(error)?.code ?? '');
}
