import { migrationsFinding } from './migrations.check';

describe('the schema', () => {
  it('is whole, whatever a newer release has added', () => {
    expect(migrationsFinding(['a', 'b'], ['a', 'b', 'c'], { migrateOnStart: false })).toMatchObject({ status: 'ok' });
  });

  it('lacks what is named, and says who applies it', () => {
    const message = '1 of 2 missing: b';
    expect(migrationsFinding(['a', 'b'], ['a'], { migrateOnStart: false })).toMatchObject({
      status: 'fail',
      message,
      mend: 'Run npm run migrate.',
    });
    expect(migrationsFinding(['a', 'b'], ['a'], { migrateOnStart: true })).toMatchObject({ status: 'warn', message });
  });
});
