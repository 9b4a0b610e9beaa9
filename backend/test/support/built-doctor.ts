import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Diagnosis } from '../../src/app/doctor/report';
import type { Finding } from '../../src/app/doctor/finding';
import type { Environment } from '../../src/app/settings/environment';
import { buildBackend } from './backend-build';

/** What the doctor said, and what it ended with. */
export interface DoctorVisit {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** How long it took, in milliseconds. */
  took: number;
}

/** Runs the built doctor as a process of its own, with this environment and nothing of our own. */
export async function visitDoctor(environment: Environment, ...args: string[]): Promise<DoctorVisit> {
  const script = join(await buildBackend(), 'dev/doctor.js');
  const env = { PATH: process.env.PATH, ...environment };
  const start = performance.now();
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code);
      resolve({ exitCode, stdout, stderr, took: performance.now() - start });
    });
  });
}

/** What it found, by the JSON that it prints, and what it ended with. */
export async function diagnose(environment: Environment): Promise<Diagnosis & { exitCode: number; took: number }> {
  const { stdout, stderr, exitCode, took } = await visitDoctor(environment, '--json');
  if (stdout === '') throw new Error(`The doctor said nothing: ${stderr}`);
  return { ...(JSON.parse(stdout) as Diagnosis), exitCode, took };
}

/** What was found of one subject. */
export function findingOf({ findings }: Diagnosis, subject: string): Finding | undefined {
  return findings.find((finding) => finding.subject === subject);
}
