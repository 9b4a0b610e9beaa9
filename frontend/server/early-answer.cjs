'use strict';

const { URL } = require('node:url');

/** More than any form of this site; what comes in pieces is cut there by `proxyClientMaxBodySize`. */
const LARGEST_BODY = 64 * 1_024;

/**
 * The answer to a request that Next must not see, because it would fail on it, believe it or keep too much of it;
 * undefined for any other.
 *
 * @param {Pick<import('node:http').IncomingMessage, 'method' | 'url' | 'headers'>} request
 * @returns {{ status: number, headers?: Record<string, string> } | undefined}
 */
function earlyAnswer({ method, url = '', headers }) {
  // A target with a host of its own is for proxies, and * is for servers as a whole.
  if (!url.startsWith('/') || !URL.canParse(url, 'http://site.example')) return { status: 400 };
  if (method === 'TRACE') return { status: 405, headers: { Allow: 'GET, HEAD, POST' } };
  if (Number(headers['content-length'] ?? 0) > LARGEST_BODY) return { status: 413 };
  return undefined;
}

module.exports = { earlyAnswer };
