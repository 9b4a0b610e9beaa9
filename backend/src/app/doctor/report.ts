import type { Finding, FindingStatus } from './finding';

/** Everything that was found. */
export interface Diagnosis {
  /** Whether nothing failed; warnings do not count. */
  healthy: boolean;
  findings: readonly Finding[];
}

const LABELS: Record<FindingStatus, string> = { ok: 'ok', warn: 'warn', fail: 'FAIL' };

/** Makes a diagnosis of what was found. */
export function diagnosisOf(findings: readonly Finding[]): Diagnosis {
  return { healthy: findings.every(({ status }) => status !== 'fail'), findings };
}

/** The diagnosis for people: one line each, the mend beneath, and a sum. */
export function asText({ findings }: Diagnosis): string {
  const width = Math.max(0, ...findings.map(({ subject }) => subject.length));
  const lines = findings.flatMap(({ status, subject, message, mend }) => [
    `${LABELS[status].padEnd(4)}  ${subject.padEnd(width)}  ${message}`,
    ...(mend === undefined ? [] : [`      → ${mend}`]),
  ]);
  const count = (wanted: FindingStatus): number => findings.filter(({ status }) => status === wanted).length;
  return `${[...lines, '', `${count('ok')} ok, ${count('warn')} warn, ${count('fail')} FAIL`].join('\n')}\n`;
}

/** The diagnosis for programs. */
export function asJson(diagnosis: Diagnosis): string {
  return `${JSON.stringify(diagnosis, undefined, 2)}\n`;
}

/** What the process ends with. */
export function exitCodeOf({ healthy }: Diagnosis): 0 | 1 {
  return healthy ? 0 : 1;
}
