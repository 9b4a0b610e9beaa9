import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock, SocialAuthDatabase } from '../../social-auth';
import { KeptAnswer } from './kept-answer';

/** Whether the database answers, and with the schema of this release. */
export type DatabaseState = 'up' | 'down' | 'migrations_missing';

const PATIENCE_MS = 2500;
/** Anybody may ask, and each question would take a connection from the requests. */
const KEEP_MS = 1000;

/** Asks the database how it is. */
@Injectable()
export class DatabaseHealth {
  private readonly kept: KeptAnswer<DatabaseState>;
  private schemaSeen = false;

  constructor(
    private readonly database: SocialAuthDatabase,
    @InjectDataSource() private readonly dataSource: DataSource,
    clock: Clock,
  ) {
    this.kept = new KeptAnswer(
      () => this.check(),
      KEEP_MS,
      () => clock.monotonic(),
    );
  }

  /** Answers within three seconds, whatever the database does, with what was the case at most a second before. */
  state(): Promise<DatabaseState> {
    return this.kept.get();
  }

  private async check(): Promise<DatabaseState> {
    let timer: NodeJS.Timeout | undefined;
    const outOfPatience = new Promise<DatabaseState>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, 'down');
    });
    const answer = this.ask().catch((): DatabaseState => 'down');
    return Promise.race([answer, outOfPatience]).finally(() => clearTimeout(timer));
  }

  private async ask(): Promise<DatabaseState> {
    if (this.schemaSeen) await this.database.query({ text: 'SELECT 1' });
    else this.schemaSeen = await this.hasSchema();
    return this.schemaSeen ? 'up' : 'migrations_missing';
  }

  private async hasSchema(): Promise<boolean> {
    const { migrations, options } = this.dataSource;
    const [table] = await this.database.query<{ found: string | null }>({
      text: 'SELECT to_regclass($1)::text AS found',
      values: [options.migrationsTableName],
    });
    if (table?.found == null) return false;
    const applied = await this.database.query<{ name: string }>({ text: `SELECT name FROM ${table.found}` });
    const names = new Set(applied.map(({ name }) => name));
    return migrations.every(({ name, constructor }) => names.has(name ?? constructor.name));
  }
}
