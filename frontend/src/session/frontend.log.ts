import type { LoggerInstance } from 'next-auth';

const LONGEST = 200;

/** next-auth's logger: one JSON line for each event, without tokens, claims or line breaks. */
export const authLogger: Partial<LoggerInstance> = {
  error: (code, metadata) => writeLine('error', code, describe(metadata)),
  warn: (code) => writeLine('warn', code, {}),
  debug: () => undefined,
};

/** What may be said of an error: its provider, its class and its message, with everything token-like removed. */
export function describe(metadata: unknown): { provider?: string; name?: string; message?: string } {
  const fields = (typeof metadata === 'object' && metadata !== null ? metadata : {}) as Record<string, unknown>;
  const error = fields.error instanceof Error ? fields.error : metadata instanceof Error ? metadata : undefined;
  return {
    ...(typeof fields.providerId === 'string' && { provider: fields.providerId }),
    ...(error && { name: error.name, message: redact(error.message) }),
  };
}

function redact(message: string): string {
  return message
    .replace(/[\w-]{16,}(\.[\w-]*)*/g, '[redacted]')
    .replace(/[^\s@]+@[^\s@]+/g, '[redacted]')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, LONGEST);
}

function writeLine(level: string, code: string, details: object): void {
  const time = new Date().toISOString();
  process.stderr.write(`${JSON.stringify({ time, level, event: `next-auth ${code}`, ...details })}\n`);
}
