// Runs as a process of its own, so that sending costs the server under test nothing.
import { Agent, request } from 'node:http';
import { clearInterval, setInterval } from 'node:timers';
import { performance } from 'node:perf_hooks';
import { Buffer } from 'node:buffer';

const TICK_MS = 5;
/** On so many connections: whoever has more of them is stopped by limits of another kind. */
const CONNECTIONS = 20;

process.on('disconnect', () => process.exit());

const { method, url, bodies, perSecond, seconds } = JSON.parse(process.env.ORDER);
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const statuses = {};
let sent = 0;
let underWay = 0;

const count = (outcome) => {
  statuses[outcome] = (statuses[outcome] ?? 0) + 1;
  underWay -= 1;
};

function send(body) {
  sent += 1;
  underWay += 1;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const outgoing = request(url, { method, agent, headers }, (response) => {
    response.resume();
    response.on('end', () => count(response.statusCode));
  });
  outgoing.on('error', (error) => count(error.code));
  outgoing.end(body);
}

const started = performance.now();
const timer = setInterval(() => {
  const elapsed = (performance.now() - started) / 1_000;
  if (elapsed < seconds) {
    const due = Math.floor(elapsed * perSecond);
    while (sent < due && underWay < CONNECTIONS) send(bodies[sent % bodies.length]);
    return;
  }
  if (underWay > 0) return;
  clearInterval(timer);
  agent.destroy();
  process.send(statuses);
  process.disconnect();
}, TICK_MS);
