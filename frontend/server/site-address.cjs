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

/**
 * Where to send a visitor who found this machine by another of its names (127.0.0.1 for localhost): cookies belong to
 * one name, and the provider sends people back to the one in the settings. Undefined where the name is right, or where
 * the site is not on this machine: a proxy may well ask for it by another name.
 *
 * @param {Pick<import('node:http').IncomingMessage, 'method' | 'url' | 'headers'>} request
 * @param {URL} siteUrl
 */
function canonicalAddress({ method, url = '', headers: { host = '' } }, siteUrl) {
  if (method !== 'GET' || !url.startsWith('/') || url.startsWith('/health/')) return undefined;
  const asked = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : siteUrl;
  const isOtherName = asked.hostname !== siteUrl.hostname && asked.port === siteUrl.port;
  return isOtherName && [asked, siteUrl].every(isLoopback) ? `${siteUrl.origin}${url}` : undefined;
}

/** @param {URL} url */
function isLoopback({ hostname }) {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

module.exports = { canonicalAddress, listenAddress, pinForwardedHeaders };
