import 'reflect-metadata';
import { Body, Controller, HttpCode, Injectable, Post, UnauthorizedException } from '@nestjs/common';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { OAuth2Client } from 'google-auth-library';
import { randomBytes } from 'node:crypto';
import { Repository } from 'typeorm';
import { ApiToken, peopleEntities, Person } from './people.entities';
import { nestApp, serve, setting } from './serve';

const CLIENT_ID = setting('CLIENT_ID');
const endpoints = { oauth2FederatedSignonPemCertsUrl: `${setting('ISSUER_URL')}/certs` };

/** As tutorials have it: a client made in the function, which fetches the keys each time; `save` for everything. */
@Injectable()
class SignIns {
  constructor(
    @InjectRepository(Person) private readonly people: Repository<Person>,
    @InjectRepository(ApiToken) private readonly tokens: Repository<ApiToken>,
  ) {}

  async exchange(idToken: string): Promise<object> {
    const client = new OAuth2Client({ clientId: CLIENT_ID, endpoints });
    const ticket = await client.verifyIdToken({ idToken, audience: CLIENT_ID });
    const { email, name } = ticket.getPayload() ?? {};
    if (!email) throw new UnauthorizedException();
    let person = await this.people.findOne({ where: { email }, relations: { identities: true } });
    person ??= this.people.create({ email, name, identities: [] });
    person.lastSignInAt = new Date();
    await this.people.save(person);
    const token = randomBytes(24).toString('hex');
    await this.tokens.save({ digest: token, person, expiresAt: new Date(Date.now() + 86_400_000) });
    return { token, account: { id: person.id, name: person.name, email: person.email } };
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

/** The exchange of a first draft. */
async function start(): Promise<void> {
  const database = { type: 'postgres' as const, url: setting('DATABASE_URL'), entities: peopleEntities };
  const app = await nestApp({
    imports: [TypeOrmModule.forRoot({ ...database, synchronize: true }), TypeOrmModule.forFeature(peopleEntities)],
    controllers: [SignInController],
    providers: [SignIns],
  });
  await serve(app);
}

void start();
