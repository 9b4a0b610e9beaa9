import { randomBytes } from 'node:crypto';
import { faultsOf, itRefusesValues, LEAST } from '../../../test/support/settings-environment';
import { loadSettings } from './load-settings';

const TOKEN = randomBytes(32).toString('hex');

describe('the settings of the metrics', () => {
  it('leave them out by default', () => {
    expect(loadSettings(LEAST).metrics).toBeUndefined();
  });

  it('put them on a port of their own, for this machine unless a host is named', () => {
    expect(loadSettings({ ...LEAST, METRICS_PORT: '9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
    const named = { METRICS_PORT: '9464', METRICS_HOST: '10.0.0.7', METRICS_TOKEN: TOKEN };
    expect(loadSettings({ ...LEAST, ...named }).metrics).toEqual({ host: '10.0.0.7', port: 9464, token: TOKEN });
  });

  it('put them on the port of the API for whoever has the token', () => {
    expect(loadSettings({ ...LEAST, METRICS_TOKEN: TOKEN }).metrics).toMatchObject({ port: undefined, token: TOKEN });
  });

  itRefusesValues([
    ['METRICS_PORT', '0'],
    ['METRICS_PORT', '65536'],
    ['METRICS_TOKEN', 'short'],
    ['METRICS_TOKEN', 'x'.repeat(40)],
    ['METRICS_TOKEN', 'a token with spaces, which no header can carry'],
  ]);

  it.each([
    [{ METRICS_PORT: '3001' }, 'METRICS_PORT: expected another port than PORT'],
    [{ PORT: '9464', METRICS_PORT: '9464' }, 'METRICS_PORT: expected another port than PORT'],
    [{ METRICS_HOST: '10.0.0.7', METRICS_TOKEN: TOKEN }, 'METRICS_HOST: expected METRICS_PORT beside it'],
  ])('refuse %j', (environment, fault) => {
    expect(faultsOf(environment)).toEqual([fault]);
  });
});
