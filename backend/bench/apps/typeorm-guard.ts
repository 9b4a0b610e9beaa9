import 'reflect-metadata';
import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import type { FastifyRequest } from 'fastify';
import { createHash, randomBytes } from 'node:crypto';
import {
  Column,
  DataSource,
  Entity,
  ManyToOne,
  MoreThan,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Repository,
} from 'typeorm';
import { ResourceController } from './resource.controller';
import { CLIENTS, nestApp, serve, setting } from './serve';

@Entity()
class Person {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column() name!: string;
  @Column() email!: string;
}

@Entity()
class ApiToken {
  @PrimaryColumn() digest!: string;
  @Column('timestamptz') expiresAt!: Date;
  @ManyToOne(() => Person) person!: Person;
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** What most people write: one `findOne` with the relation for each request. */
@Injectable()
class TokenGuard implements CanActivate {
  constructor(@InjectRepository(ApiToken) private readonly tokens: Repository<ApiToken>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Person }>();
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const found = await this.tokens.findOne({
      where: { digest: digestOf(token), expiresAt: MoreThan(new Date()) },
      relations: { person: true },
    });
    if (!found) throw new UnauthorizedException();
    request.user = found.person;
    return true;
  }
}

async function seed(dataSource: DataSource): Promise<Record<string, string>[]> {
  const clients = Array.from({ length: CLIENTS }, (_, client) => ({ client, token: randomBytes(24).toString('hex') }));
  for (const { client, token } of clients) {
    const person = await dataSource
      .getRepository(Person)
      .save({ name: `Person ${client}`, email: `${client}@example.com` });
    const expiresAt = new Date(Date.now() + 3_600_000);
    await dataSource.getRepository(ApiToken).save({ digest: digestOf(token), expiresAt, person });
  }
  return clients.map(({ token }) => ({ authorization: `Bearer ${token}` }));
}

/** A guard that asks the database through an ORM. */
async function start(): Promise<void> {
  const entities = [Person, ApiToken];
  const app = await nestApp({
    imports: [
      TypeOrmModule.forRoot({ type: 'postgres', url: setting('DATABASE_URL'), entities, synchronize: true }),
      TypeOrmModule.forFeature(entities),
    ],
    controllers: [ResourceController],
    providers: [{ provide: APP_GUARD, useClass: TokenGuard }],
  });
  await serve(app, await seed(app.get(DataSource)));
}

void start();
