import { execFileSync } from 'node:child_process';

/** A private key, and a certificate for 127.0.0.1 that it signed itself; both PEM. */
export interface SelfSigned {
  key: string;
  certificate: string;
}

const ALGORITHMS = {
  'P-256': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  RSA: ['-newkey', 'rsa:2048'],
};

const NAME = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];

/** Makes a key and its certificate with `openssl`, which Node has no means for. */
export function selfSigned(algorithm: keyof typeof ALGORITHMS): SelfSigned {
  const parameters = ['req', '-x509', '-nodes', ...ALGORITHMS[algorithm], ...NAME, '-days', '2', '-keyout', '-'];
  const output = execFileSync('openssl', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const [key, certificate] = ['PRIVATE KEY', 'CERTIFICATE'].map((label) => blockOf(output, label));
  if (!key || !certificate) throw new Error('openssl made no certificate.');
  return { key, certificate };
}

const blockOf = (output: string, label: string): string | undefined =>
  new RegExp(`-----BEGIN ${label}-----[^]+?-----END ${label}-----\n`, 'u').exec(output)?.[0];
