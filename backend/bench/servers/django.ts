import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Where Debian's packages for Python are found, whatever else is called `python3`. */
export const PYTHON = '/usr/bin/python3';

/** The folder of the application: Python is not compiled, it stays where it is. */
export const DJANGO_APP = join(__dirname, '../../../apps/drf');

const VERSIONS = `
from importlib.metadata import version
import django, rest_framework, gunicorn, psycopg2, jwt, cryptography, google.oauth2.id_token, requests, sys
print(f"Python {sys.version.split()[0]}, Django {django.__version__}, DRF {rest_framework.__version__}, "
      f"gunicorn {gunicorn.__version__}, google-auth {version('google-auth')}")
`;

/** What to install where {@link djangoVersions} finds nothing. */
export const DJANGO_PACKAGES =
  'python3-django python3-djangorestframework gunicorn python3-psycopg2 python3-jwt python3-cryptography ' +
  'python3-google-auth python3-requests';

/** The versions of what the Django application is made of; undefined if something of it is not installed. */
export function djangoVersions(): string | undefined {
  const { status, stdout } = spawnSync(PYTHON, ['-c', VERSIONS], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
