'use strict';

const { URL } = require('node:url');

/**
 * The answer to a request that Next must not see, because it would fail on it or believe it; undefined for any other.
 *
 * @param {Pick<import('node:http').IncomingMessage, 'method' | 'url'>} request
 * @returns {{ status: number, headers?: Record<string, string> } | undefined}
 */
function earlyAnswer({ method, url = '' }) {
  // A target with a host of its own is for proxies, and * is for servers as a whole.
  if (!url.startsWith('/') || !URL.canParse(url, 'http://site.example')) return { status: 400 };
  if (method === 'TRACE') return { status: 405, headers: { Allow: 'GET, HEAD, POST' } };
  return undefined;
}

module.exports = { earlyAnswer };
