/** Names in a User-Agent, the more particular first: most browsers also claim to be those that came before them. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const LONGEST = 60;

/** What the backend knows of the client that signed in, in words. */
const PLATFORMS: ReadonlyMap<string | undefined, string> = new Map([
  ['android', 'App on Android'],
  ['ios', 'App on iPhone or iPad'],
  ['desktop', 'App on a computer'],
  ['tv', 'Television'],
]);

/** What somebody uses, in words, as far as its User-Agent tells: it proves nothing, and reminds its owner. */
export function deviceText(userAgent: string | undefined): string {
  if (!userAgent) return 'Unknown device';
  const program = nameIn(userAgent, PROGRAMS);
  const system = nameIn(userAgent, SYSTEMS);
  if (program && system) return `${program} on ${system}`;
  const text = program ?? system ?? userAgent;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * What a session is on, in words. The platform goes first: it is proven by the provider's token, while apps and
 * televisions call themselves what they like. A browser is known by its User-Agent alone.
 */
export function sessionDeviceText(platform: string | undefined, userAgent: string | undefined): string {
  const words = PLATFORMS.get(platform);
  if (words === undefined) return platform === 'web' && !userAgent ? 'Unknown browser' : deviceText(userAgent);
  const system = platform === 'ios' || platform === 'desktop' ? nameIn(userAgent ?? '', SYSTEMS) : undefined;
  return system ? `App on ${system}` : words;
}

function nameIn(userAgent: string, names: readonly (readonly [RegExp, string])[]): string | undefined {
  return names.find(([pattern]) => pattern.test(userAgent))?.[1];
}
