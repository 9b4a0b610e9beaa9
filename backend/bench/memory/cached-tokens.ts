import { setTimeout as pause } from 'node:timers/promises';
import { Connection, type Answer } from '../load/connection';
import { memoryOf } from '../measure/process-memory';

const CONNECTIONS = 64;
/** Requests of one token, after which the machine code and the buffers of a busy server are there. */
const WARM_UP = 20_000;
/** The collector has its turn when there is nothing to do. */
const REST_MS = 5_000;
const MOST_PASSES = 5;
/** How often a request is sent that is answered 503, and how long after. */
const MOST_ATTEMPTS = 20;
const PAUSE_MS = 200;

/** What the guard of a process has kept and answered since it started. */
export interface CacheFigures {
  cached: number;
  hits: number;
  misses: number;
}

/** A backend that runs and is to remember tokens. */
export interface Backend {
  pid: number;
  port: number;
  /** A guarded route that asks the database for nothing. */
  path: string;
  figures: () => Promise<CacheFigures>;
}

/** What so many tokens in memory are to a process; all memory in bytes. */
export interface CachedTokens {
  /** How many there were in memory, by the figures of the backend. */
  cached: number;
  /** Resident once it was warm, with one token in memory. */
  before: number;
  /** The same with all of them. */
  after: number;
  /** The most that was ever resident. */
  peak: number;
  /** Which part of the second time that each was presented was answered from memory. */
  hitRate: number;
}

/** Presents each token until all of them are in memory, and then once more, to find them there. */
export async function cacheTokens(backend: Backend, tokens: readonly string[]): Promise<CachedTokens> {
  const { pid, figures } = backend;
  const [first = ''] = tokens;
  await present(
    backend,
    Array.from({ length: WARM_UP }, () => first),
  );
  await pause(REST_MS);
  const before = memoryOf(pid).resident;
  let filled = await figures();
  // A process that has to wait for its turn may read the feed too late: what it looks up then is not kept.
  for (let passes = 0; passes < MOST_PASSES && filled.cached < tokens.length; passes += 1) {
    await present(backend, tokens);
    filled = await figures();
  }
  await present(backend, tokens);
  const { hits, misses, cached } = await figures();
  const busy = memoryOf(pid).resident;
  await pause(REST_MS);
  const { resident, peak } = memoryOf(pid);
  const [found, lookedUp] = [hits - filled.hits, misses - filled.misses];
  return { cached, before, after: Math.max(busy, resident), peak, hitRate: found / (found + lookedUp) };
}

/** Each token once: the closed loop of the other benchmarks leaves out what its slower connections have not come to. */
async function present({ port, path }: Backend, tokens: readonly string[]): Promise<void> {
  const requests = tokens.map(
    (token) => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n\r\n`,
  );
  const shares = Array.from({ length: CONNECTIONS }, (_, place) =>
    requests.filter((_request, number) => number % CONNECTIONS === place),
  );
  await Promise.all(shares.map((share) => sendAll(port, share)));
}

/** Over one connection, one after the other. A server that is busy may ask for patience. */
async function sendAll(port: number, requests: readonly string[]): Promise<void> {
  let answered: (answer: Answer) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  const connection = new Connection(
    port,
    (answer) => answered(answer),
    (error) => failed(error),
  );
  const send = (request: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      [answered, failed] = [resolve, reject];
      connection.send(request);
    });
  try {
    for (const request of requests) {
      let answer = await send(request);
      for (let attempts = 1; answer.status === 503 && attempts < MOST_ATTEMPTS; attempts += 1) {
        await pause(PAUSE_MS);
        answer = await send(request);
      }
      if (answer.status !== 200) throw new Error(`A request was answered with:\n${answer.text}`);
    }
  } finally {
    connection.close();
  }
}

/** The figures of a reference server, of what its metrics say. */
export function figuresIn(metrics: string): CacheFigures {
  const valueOf = (name: string): number => {
    const line = metrics.split('\n').find((text) => text.startsWith(`social_auth_token_cache_${name} `));
    if (line === undefined) throw new Error(`The metrics have no ${name}.`);
    return Number(line.slice(line.lastIndexOf(' ') + 1));
  };
  return {
    cached: valueOf('entries'),
    hits: valueOf('requests_total{result="hit"}'),
    misses: valueOf('requests_total{result="miss"}'),
  };
}
