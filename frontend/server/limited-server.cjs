'use strict';

const { createServer } = require('node:http');

const SECOND = 1_000;

/** What one visitor, or all together, may take of the server; times in milliseconds. */
const LIMITS = {
  /** From the first byte, or the connection, to the end of the headers. */
  headersTimeout: 10 * SECOND,
  /** From the first byte to the end of the body. */
  requestTimeout: 20 * SECOND,
  /** How often these two are enforced; Node's own 30 s would let slow senders add up. */
  connectionsCheckingInterval: 2 * SECOND,
  /** Connections at once; more are closed as they come. */
  maxConnections: 2_000,
};

/**
 * An HTTP server that lets slow senders go well before they add up, and gives up idle connections before it turns
 * anybody away.
 */
function createLimitedServer(limits = LIMITS) {
  const { maxConnections, ...timeouts } = limits;
  const server = createServer(timeouts);
  server.maxConnections = maxConnections;
  server.on('drop', () => server.closeIdleConnections());
  return server;
}

module.exports = { createLimitedServer };
