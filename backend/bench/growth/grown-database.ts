import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { socialAuthMigrations } from '../../src/social-auth';
import { populationOf } from './population';

const TABLES = ['social_auth_account', 'social_auth_identity', 'social_auth_token'];
const NAMED = TABLES.map((table) => `'${table}'`).join(', ');

/** Indexes that no constraint needs: they are made again once the tables are full. */
const LATER_INDEXES = `
  select indexname as name, indexdef as definition from pg_indexes
   where tablename in (${NAMED}) and not exists (select 1 from pg_constraint where conname = indexname)`;

const SIZES = `
  select relation.relname as name, pg_relation_size(relation.oid)::float8 as bytes
    from pg_class relation left join pg_index index on index.indexrelid = relation.oid
    join pg_class owner on owner.oid = coalesce(index.indrelid, relation.oid)
   where owner.relname in (${NAMED}) and relation.relkind in ('r', 'i')
   order by owner.relname, relation.relkind desc, relation.relname`;

/** What is looked up by comes last, and so stays where there is not room for all. */
const WARMED = `
  select pg_prewarm(relation.oid) from (
    select relation.oid from pg_class relation left join pg_index index on index.indexrelid = relation.oid
      join pg_class owner on owner.oid = coalesce(index.indrelid, relation.oid)
     where owner.relname in (${NAMED}) and relation.relkind in ('r', 'i')
     order by owner.relname in ('social_auth_token', 'social_auth_account'),
              relation.relname in ('social_auth_token_digest_hash', 'social_auth_account_pkey')) relation`;

/** A table or an index, and how long it is. */
export interface RelationSize {
  name: string;
  bytes: number;
}

/** A database of the module's schema with so many tokens. */
export class GrownDatabase {
  private constructor(
    readonly tokens: number,
    readonly url: string,
    private readonly server: string,
  ) {}

  /** Makes and fills the database, unless a run before has left it. */
  static async open(server: string, tokens: number): Promise<GrownDatabase> {
    const url = new URL(server);
    url.pathname = `/growth_${tokens}`;
    const database = new GrownDatabase(tokens, url.href, server);
    const [known] = await queryAt<object>(server, `select 1 from pg_database where datname = 'growth_${tokens}'`);
    if (!known) await queryAt(server, `create database growth_${tokens}`);
    await database.migrate();
    const [filled] = await database.query<object>('select 1 from social_auth_token limit 1');
    if (!filled) await database.fill();
    return database;
  }

  query<Row>(text: string): Promise<Row[]> {
    return queryAt<Row>(this.url, text);
  }

  /** Tables and indexes, in bytes. */
  sizes(): Promise<RelationSize[]> {
    return this.query<RelationSize>(SIZES);
  }

  /** Reads every table and index once, as a server that has run for a while has done. */
  async warm(): Promise<void> {
    await this.query('create extension if not exists pg_prewarm');
    await this.query(WARMED);
  }

  async drop(): Promise<void> {
    await queryAt(this.server, `drop database if exists growth_${this.tokens} with (force)`);
  }

  private async migrate(): Promise<void> {
    const source = new DataSource({
      type: 'postgres',
      url: this.url,
      migrations: socialAuthMigrations,
      migrationsTableName: 'schema_migration',
    });
    await source.initialize();
    await source.runMigrations().finally(() => source.destroy());
  }

  private async fill(): Promise<void> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    try {
      // No trigger and no foreign key is asked for any row.
      await client.query(`set session_replication_role = replica`);
      await client.query(`set synchronous_commit = off`);
      await client.query(`set maintenance_work_mem = '512MB'`);
      const { rows } = await client.query<{ name: string; definition: string }>(LATER_INDEXES);
      for (const { name } of rows) await client.query(`drop index ${name}`);
      for (const text of populationOf(this.tokens)) await client.query(text);
      for (const { definition } of rows) await client.query(definition);
      for (const table of TABLES) await client.query(`vacuum (analyze) ${table}`);
      await client.query('checkpoint');
    } finally {
      await client.end();
    }
  }
}

async function queryAt<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}
