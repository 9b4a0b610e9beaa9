import 'reflect-metadata';
import { Body, Controller, HttpCode, Injectable, Post, UnauthorizedException } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OAuth2Client, type TokenPayload } from 'google-auth-library';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { ApiToken, Identity, peopleEntities, Person, SignInEvent } from './people.entities';
import { nestApp, serve, setting } from './serve';

const CLIENT_ID = setting('CLIENT_ID');
const TOKEN_SECONDS = 86_400;

// Google's PEM certificates, at the issuer of the benchmark.
const endpoints = { oauth2FederatedSignonPemCertsUrl: `${setting('ISSUER_URL')}/certs` };

/** A careful application: keys in memory, and what belongs together in one transaction of TypeORM. */
@Injectable()
class SignIns {
  private readonly google = new OAuth2Client({ clientId: CLIENT_ID, endpoints });

  constructor(private readonly dataSource: DataSource) {}

  async exchange(idToken: string): Promise<object> {
    const ticket = await this.google.verifyIdToken({ idToken, audience: CLIENT_ID });
    const claims = ticket.getPayload();
    if (!claims) throw new UnauthorizedException();
    return this.dataSource.transaction((manager) => this.signIn(manager, claims));
  }

  private async signIn(manager: EntityManager, claims: TokenPayload): Promise<object> {
    const person = await this.personOf(manager, claims);
    person.lastSignInAt = new Date();
    await manager.save(Person, person);
    const token = randomBytes(24).toString('hex');
    const digest = createHash('sha256').update(token).digest('hex');
    await manager.insert(ApiToken, { digest, person, expiresAt: new Date(Date.now() + TOKEN_SECONDS * 1000) });
    await manager.insert(SignInEvent, { outcome: 'accepted', person });
    return { token, expires_in: TOKEN_SECONDS, account: { id: person.id, name: person.name, email: person.email } };
  }

  private async personOf(manager: EntityManager, claims: TokenPayload): Promise<Person> {
    const { iss: issuer, sub: subject } = claims;
    const known = await manager.findOne(Identity, { where: { issuer, subject }, relations: { person: true } });
    if (known) return known.person;
    const person = await manager.save(Person, { name: claims.name ?? '', email: claims.email ?? '' });
    await manager.insert(Identity, { issuer, subject, person });
    return person;
  }
}

@Controller('auth/google')
class SignInController {
  constructor(private readonly signIns: SignIns) {}

  @Post()
  @HttpCode(200)
  signIn(@Body() { id_token }: { id_token: string }): Promise<object> {
    return this.signIns.exchange(id_token);
  }
}

/** The exchange as a transaction of TypeORM. */
async function start(): Promise<void> {
  const database = { type: 'postgres' as const, url: setting('DATABASE_URL'), entities: peopleEntities };
  const app = await nestApp({
    imports: [TypeOrmModule.forRoot({ ...database, synchronize: true })],
    controllers: [SignInController],
    providers: [SignIns],
  });
  await serve(app);
}

void start();
