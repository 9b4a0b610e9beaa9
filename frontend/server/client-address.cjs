'use strict';

/**
 * The address of the visitor: the socket's, or, behind `trustedHops` proxies of our own, the entry that the outermost
 * of them appended to X-Forwarded-For. Entries further to the left are whatever the visitor wrote.
 *
 * @param {string | undefined} socketAddress
 * @param {string | undefined} forwardedFor the X-Forwarded-For header as it arrived
 * @param {number} trustedHops
 * @returns {string} an empty text where it is not known
 */
function clientAddress(socketAddress, forwardedFor, trustedHops) {
  const entries = (forwardedFor ?? '').split(',').map((entry) => entry.trim());
  const address = trustedHops > 0 ? entries[entries.length - trustedHops] : socketAddress;
  return withoutDecoration(address ?? '');
}

/**
 * Drops what some proxies add: a port, brackets, and the IPv6 form of an IPv4 address.
 *
 * @param {string} address
 */
function withoutDecoration(address) {
  const bare = /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  return bare.replace(/^::ffff:(?=[\d.]+$)/i, '');
}

module.exports = { clientAddress };
