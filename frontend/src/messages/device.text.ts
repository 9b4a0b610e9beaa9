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

/** What somebody uses, in words, as far as its User-Agent tells: it proves nothing, and reminds its owner. */
export function deviceText(userAgent: string | undefined): string {
  if (!userAgent) return 'Unknown device';
  const program = nameIn(userAgent, PROGRAMS);
  const system = nameIn(userAgent, SYSTEMS);
  if (program && system) return `${program} on ${system}`;
  const text = program ?? system ?? userAgent;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function nameIn(userAgent: string, names: readonly (readonly [RegExp, string])[]): string | undefined {
  return names.find(([pattern]) => pattern.test(userAgent))?.[1];
}
