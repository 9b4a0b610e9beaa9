import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']));

interface ProcessTimes {
  parent: number;
  ticks: number;
}

/** Reads /proc/<pid>/stat: user and system time, its own and that of children that it has waited for. */
function timesOf(pid: number): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may hold spaces.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    return { parent, ticks: fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) };
  } catch {
    // It ended while the list was read.
    return undefined;
  }
}

/** The processor time that a process and all that it started have used. */
export function cpuSecondsOf(pid: number): number {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  const times = new Map(pids.flatMap((id) => [[id, timesOf(id)] as const]).filter(([, found]) => found !== undefined));
  const isWithin = (id: number): boolean => id === pid || (id > 1 && isWithin(times.get(id)?.parent ?? 0));
  const ticks = [...times].filter(([id]) => isWithin(id)).reduce((sum, [, found]) => sum + (found?.ticks ?? 0), 0);
  return ticks / TICKS_PER_SECOND;
}
