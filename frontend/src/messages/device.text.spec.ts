import { deviceText, sessionDeviceText } from './device.text';

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the words for a device', () => {
  it.each([
    [`Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/140.0.0.0 Safari/537.36`, 'Chrome on Linux'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/140.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on macOS'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Safari/604.1', 'Safari on iPhone'],
    [`Mozilla/5.0 (Linux; Android 15) ${webKit} Chrome/140.0.0.0 Mobile Safari/537.36`, 'Chrome on Android'],
    ['curl/8.5.0', 'curl/8.5.0'],
    ['x'.repeat(200), `${'x'.repeat(60)}…`],
    [undefined, 'Unknown device'],
    ['', 'Unknown device'],
  ])('of %p are %p', (userAgent, words) => {
    expect(deviceText(userAgent)).toBe(words);
  });
});

describe('the words for what a session is on', () => {
  const chrome = `Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/140.0.0.0 Safari/537.36`;
  const television = `Mozilla/5.0 (Linux; Android 12; BRAVIA 4K) ${webKit} Chrome/100.0 Safari/537.36`;

  it.each([
    ['web', chrome, 'Chrome on Linux'],
    ['web', undefined, 'Unknown browser'],
    ['android', 'okhttp/5.1.0', 'App on Android'],
    ['android', undefined, 'App on Android'],
    ['ios', 'Shop/7 CFNetwork/3826.400.120 Darwin/24.3.0', 'App on iPhone or iPad'],
    ['ios', 'Shop/7 (iPad; iOS 18.3; Scale/2.00)', 'App on iPad'],
    ['desktop', 'Shop/7 (Windows NT 10.0; Win64; x64)', 'App on Windows'],
    ['desktop', undefined, 'App on a computer'],
    ['tv', television, 'Television'],
    ['tv', undefined, 'Television'],
    [undefined, chrome, 'Chrome on Linux'],
    [undefined, undefined, 'Unknown device'],
    ['toaster', 'Toaster/1', 'Toaster/1'],
    ['__proto__', undefined, 'Unknown device'],
  ])('of %p with %p are %p', (platform, userAgent, words) => {
    expect(sessionDeviceText(platform, userAgent)).toBe(words);
  });
});
