import { readFileSync } from 'node:fs';

/** The memory of a process, in bytes, as the kernel counts it. */
export interface ProcessMemory {
  /** Resident now. */
  resident: number;
  /** The most that was ever resident. */
  peak: number;
}

/** Reads /proc/<pid>/status, which Linux alone has. */
export function memoryOf(pid: number): ProcessMemory {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const bytesOf = (name: string): number => {
    const [, kibibytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
    if (kibibytes === undefined) throw new Error(`There is no ${name} of process ${pid}.`);
    return Number(kibibytes) * 1_024;
  };
  return { resident: bytesOf('VmRSS'), peak: bytesOf('VmHWM') };
}
