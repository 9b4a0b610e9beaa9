const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True if both addresses are loopback and differ in host name and port only. */
export function sameLoopbackPath(asked: string, registered: string): boolean {
  const [left, right] = [URL.parse(asked), URL.parse(registered)];
  if (left?.protocol !== 'http:' || right?.protocol !== 'http:') return false;
  if (!LOOPBACK_HOSTS.has(left.hostname) || !LOOPBACK_HOSTS.has(right.hostname)) return false;
  return left.pathname === right.pathname && left.search === right.search;
}
