'use strict';

const { URL } = require('node:url');

const DEFAULT_PORT = 3000;

/**
 * Where to listen: the port of NEXTAUTH_URL on HOST, this machine alone by default. Values that are wrong are not
 * reported here but by the check of all settings, before anything listens.
 *
 * @param {Readonly<Record<string, string | undefined>>} variables
 */
function listenAddress({ NEXTAUTH_URL = '', HOST = '' }) {
  const fallback = `http://localhost:${DEFAULT_PORT}`;
  const siteUrl = new URL(URL.canParse(NEXTAUTH_URL.trim()) ? NEXTAUTH_URL.trim() : fallback);
  return { host: HOST.trim() || '127.0.0.1', port: Number(siteUrl.port) || DEFAULT_PORT, siteUrl };
}

/**
 * Makes a request say of this site what the settings say, whatever the visitor or a proxy wrote.
 *
 * @param {import('node:http').IncomingHttpHeaders} headers changed in place
 * @param {URL} siteUrl
 */
function pinForwardedHeaders(headers, siteUrl) {
  headers['x-forwarded-host'] = siteUrl.host;
  headers['x-forwarded-proto'] = siteUrl.protocol.slice(0, -1);
  headers['x-forwarded-port'] = siteUrl.port || (siteUrl.protocol === 'https:' ? '443' : '80');
  delete headers.forwarded;
}

module.exports = { listenAddress, pinForwardedHeaders };
