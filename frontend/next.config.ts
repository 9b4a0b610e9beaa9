import { join } from 'node:path';
import type { NextConfig } from 'next';

const workspaceRoot = join(__dirname, '..');

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Not `no-referrer`: browsers would then send `Origin: null` with our own forms, which server actions refuse.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: workspaceRoot },
  outputFileTracingRoot: workspaceRoot,
  experimental: {
    serverActions: { bodySizeLimit: '32kb' },
    // Next keeps as much of every body, 10 MB by default, until it has all arrived. It cuts off the rest: the limits of
    // those who read the body must be smaller, or they would take half a form for a whole one.
    proxyClientMaxBodySize: '64kb',
  },
  headers: () => Promise.resolve([{ source: '/:path*', headers: securityHeaders }]),
};

export default config;
