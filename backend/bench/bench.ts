import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contestants, type Contestant } from './contestants';
import { LoadGenerator } from './load/load-generator';
import { judge } from './measure/judge';
import { measureLimits } from './measure/limits';
import { measureSeries, type SeriesResult } from './measure/measure-series';
import { readOptions, type BenchOptions } from './options';
import { barChart } from './report/bar-chart';
import { conditionsOf } from './report/conditions';
import { report } from './report/report';
import { seriesNames } from './series';
import { AwakeCores } from './servers/awake-cores';
import { pinThisProcess } from './servers/cores';
import { DatabaseServer } from './servers/database-server';
import { DJANGO_PACKAGES, djangoVersions } from './servers/django';
import { IdleGroup } from './servers/idle-group';
import { Issuer } from './servers/issuer';
import type { Arena } from './servers/start-contestant';
import { targets } from './targets';

const DOCS = join(__dirname, '../../../../docs');

/** So many that nobody reaches the limit of tokens of an account in a run. */
const PEOPLE = 1_000;

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench\`. [Its method](../backend/bench/README.md) says what is measured, how, and what the others are.
A figure of one machine says little; what one application costs relative to the other, on the same machine and at the
same time, says more.

![The figures as bars](benchmarks.svg)
`;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  pinThisProcess('load');
  const database = await DatabaseServer.start(options.database);
  const issuer = await Issuer.start();
  const idle = IdleGroup.make();
  const loads = { awake: LoadGenerator.start(idle), sleeping: LoadGenerator.start() };
  const awake = AwakeCores.start(idle);
  try {
    await run({ database, issuer, loads, idle, idTokens: issuer.idTokens(PEOPLE) }, options);
  } finally {
    await awake.stop();
    loads.awake.stop();
    loads.sleeping.stop();
    issuer.stop();
    await database.stop();
    await idle.remove();
  }
}

async function run(arena: Arena, options: BenchOptions): Promise<void> {
  const hasDjango = djangoVersions() !== undefined;
  if (!hasDjango) console.log(`Django REST Framework is not measured: apt-get install ${DJANGO_PACKAGES}`);
  const chosen = contestants.filter((contestant) => isWanted(contestant, options.only));
  if (chosen.length === 0) throw new Error(`There is no contestant with such a name: ${options.only.join(', ')}.`);
  const present = chosen.filter(({ app }) => hasDjango || app !== 'drf');
  const results: SeriesResult[] = [];
  for (const name of seriesNames) {
    const own = present.filter(({ series }) => series === name);
    const measurements = await measureSeries(name, own, arena, options);
    const skipped = chosen.filter((one) => one.series === name && !present.includes(one)).map(({ title }) => title);
    if (measurements.length > 0) results.push({ name, measurements, skipped });
  }
  await conclude(results, arena, options);
}

const isWanted = ({ name }: Contestant, only: readonly string[]): boolean =>
  only.length === 0 || only.some((part) => name.includes(part));

async function conclude(results: SeriesResult[], arena: Arena, options: BenchOptions): Promise<void> {
  const verdicts = judge(
    results.flatMap(({ measurements }) => measurements),
    targets,
  );
  const limits = options.only.length === 0 ? await measureLimits(arena.database) : undefined;
  const text = report(results, limits, verdicts, await conditionsOf(arena, options, new Date()));
  console.log(`\n${text}\n`);
  if (options.writes) {
    writeFileSync(join(DOCS, 'benchmarks.md'), `${INTRODUCTION}\n${text}\n`);
    writeFileSync(join(DOCS, 'benchmarks.svg'), barChart(results));
  }
  if (!options.check) return;
  const isMet =
    verdicts.every(({ outcome }) => outcome !== 'missed') && verdicts.some(({ outcome }) => outcome === 'met');
  console.log(isMet ? 'Every target that was measured is met.' : 'A target is missed, or none was measured.');
  if (!isMet) process.exitCode = 1;
}

// The load process hears of Ctrl-C as well: the run fails for want of it, and tidies up. npm may tell of it twice.
process.on('SIGINT', () => undefined);

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
