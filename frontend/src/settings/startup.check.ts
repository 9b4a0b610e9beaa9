import { readFrontendSettings, SettingsError } from './frontend.settings';

/** Ends the process, all faults named, where the settings cannot be used: whichever way the server is started. */
export function refuseUnusableSettings(): void {
  if (process.env.NEXT_PHASE === 'phase-production-build') return;
  try {
    readFrontendSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
