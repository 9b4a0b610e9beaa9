import { LoopbackIssuer, type KeyPublisher } from '../../../test/support/loopback-issuer';
import { fetchKeySet, type KeySet } from './key-set';

const TEMPLATE = 'https://login.example/{tenantid}/v2.0';

describe('what a key set says of whose key it is', () => {
  const issuers: LoopbackIssuer[] = [];
  afterAll(() => Promise.all(issuers.map((issuer) => issuer.stop())));

  const publish = async (publisher: KeyPublisher): Promise<{ set: KeySet; issuer: LoopbackIssuer }> => {
    const issuer = await LoopbackIssuer.start(publisher);
    issuers.push(issuer);
    await issuer.keys.rotate();
    return { set: await fetchKeySet(issuer.origin), issuer };
  };

  it('is kept with that key', async () => {
    const { set, issuer } = await publish(([first, second]) => [
      { ...first, issuer: TEMPLATE },
      { ...second, issuer: 'https://one.example' },
    ]);
    const [first, second] = issuer.keys.published;
    expect(set.find(first?.kid)?.issuer).toBe(TEMPLATE);
    expect(set.find(second?.kid)?.issuer).toBe('https://one.example');
  });

  it.each([undefined, 7, ['https://one.example'], { a: 1 }, null])('is nothing where it says %p', async (issuer) => {
    const { set } = await publish(([first]) => [{ ...first, issuer }]);
    expect(set.find(undefined)).toMatchObject({ issuer: undefined });
  });

  it('is told apart by the key where two have one name', async () => {
    const { set, issuer } = await publish(([first, second]) => [
      { ...second, kid: 'k', alg: 'ES256', issuer: 'https://unusable.example' },
      { ...first, kid: 'k', issuer: 'https://first.example' },
      { ...second, kid: 'k', issuer: 'https://second.example' },
    ]);
    const found = set.find('k');
    expect(found?.issuer).toBe('https://first.example');
    expect(found?.key.export({ format: 'jwk' }).n).toBe(issuer.keys.published[0]?.n);
  });

  it('V5 breaks no good key where a bad one stands before it', async () => {
    const { set } = await publish(([first, second]) => [
      { ...second, kid: 'k', d: '!', p: 7, issuer: 'https://bad.example' },
      { ...first, kid: 'k', issuer: TEMPLATE },
    ]);
    expect(set.find('k')?.issuer).toEqual(expect.any(String));
  });
});
