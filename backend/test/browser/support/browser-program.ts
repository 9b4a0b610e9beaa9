import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { repository } from '../../support/build-once';

/** A Chromium that can be started. */
export interface BrowserProgram {
  executablePath: string;
  /** What it needs in its environment. */
  environment: Record<string, string>;
}

/** What the package unpacks is kept from run to run. */
const UNPACKED = join(repository, 'node_modules/.cache/browser-suites/chromium');
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The browser at `CHROME_PATH`, else one of the system, else the one of `@sparticuz/chromium`; undefined without any. */
export function findBrowser(): BrowserProgram | undefined {
  const chosen = process.env.CHROME_PATH;
  if (chosen) return { executablePath: chosen, environment: {} };
  const installed = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((directory) => SYSTEM_NAMES.map((name) => join(directory, name)))
    .find((path) => existsSync(path));
  return installed ? { executablePath: installed, environment: {} } : packagedBrowser();
}

// The package is made for Linux on x64 alone.
function packagedBrowser(): BrowserProgram | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    if (!existsSync(UNPACKED)) unpack(UNPACKED);
  } catch {
    return undefined;
  }
  const environment = {
    LD_LIBRARY_PATH: join(UNPACKED, 'al2023/lib'),
    FONTCONFIG_PATH: join(UNPACKED, 'fonts'),
  };
  return { executablePath: join(UNPACKED, 'chromium'), environment };
}

/** Unpacks beside and renames: suites in parallel must not start a browser that is half there. */
function unpack(directory: string): void {
  const draft = `${directory}-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const script = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;
  // VERCEL makes the package unpack its own libraries too, which a bare machine lacks.
  const env = { ...process.env, VERCEL: '1', TMPDIR: draft };
  execFileSync(process.execPath, ['-e', script], { cwd: __dirname, env, stdio: 'ignore' });
  writeFileSync(join(draft, 'fonts/fonts.conf'), fontConfiguration(directory));
  try {
    renameSync(draft, directory);
  } catch {
    rmSync(draft, { recursive: true });
  }
}

/** The package's own looks for its fonts where AWS Lambda would have them. */
function fontConfiguration(directory: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(directory, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(directory, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
