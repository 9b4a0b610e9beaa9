import { Logger } from '@nestjs/common';
import { type ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';
import { TooManyRequestsError } from '../../social-auth';
import { SignInLimits } from './sign-in-limits';
import { SteadfastThrottlerStorage } from './steadfast-throttler.storage';

const person = (subject: string) => ({
  provider: 'p',
  issuer: 'https://issuer.example',
  subject,
  emailVerified: false,
});

describe('SignInLimits', () => {
  let storage: ThrottlerStorageService;
  beforeEach(() => (storage = new ThrottlerStorageService()));
  afterEach(() => storage.onApplicationShutdown());

  it('allows a person a third of what an address is allowed, rounded up', async () => {
    const limits = new SignInLimits(storage, 4);
    for (let i = 0; i < 2; i++) await limits.countPerson(person('a'));
    await expect(limits.countPerson(person('a'))).rejects.toThrow(TooManyRequestsError);
    await limits.countPerson(person('b'));
    for (let i = 0; i < 4; i++) await limits.countAddress('192.0.2.1');
    await expect(limits.countAddress('192.0.2.1')).rejects.toThrow(TooManyRequestsError);
    await limits.countAddress('192.0.2.2');
  });

  it('keeps neither addresses nor subjects in the storage', async () => {
    const keys: string[] = [];
    const spy: ThrottlerStorage = {
      increment: (key, ...rest) => {
        keys.push(key);
        return storage.increment(key, ...rest);
      },
    };
    const limits = new SignInLimits(spy, 4);
    await limits.countAddress('192.0.2.1');
    await limits.countPerson(person('marker'));
    expect(keys.join()).not.toMatch(/192|marker|issuer/);
  });
});

describe('SteadfastThrottlerStorage', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('leaves Redis alone for a second after a failure, and counts in memory meanwhile', async () => {
    let now = 0;
    let calls = 0;
    let isDown = true;
    const redis = new ThrottlerStorageService();
    const flaky: ThrottlerStorage = {
      increment: (...request) => {
        calls++;
        return isDown ? Promise.reject(new Error('down')) : redis.increment(...request);
      },
    };
    const storage = new SteadfastThrottlerStorage(flaky, () => now);
    const hit = async () => (await storage.increment('key', 60_000, 10, 60_000, 'x')).totalHits;

    expect([await hit(), await hit(), await hit()]).toEqual([1, 2, 3]);
    expect(calls).toBe(1);
    now = 1000;
    expect(await hit()).toBe(4);
    expect(calls).toBe(2);
    isDown = false;
    now = 2000;
    expect([await hit(), await hit()]).toEqual([1, 2]);
    storage.onApplicationShutdown();
    redis.onApplicationShutdown();
  });
});
