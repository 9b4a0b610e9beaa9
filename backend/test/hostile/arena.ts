import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { startTestApp, type IssuerName, type TestApp, type TestAppOptions } from '../support/test-app';
import { Attacker } from './attacker';
import { Forge } from './forge';

/** Both providers. */
export const BOTH: readonly IssuerName[] = ['google', 'auth0'];

/** A server, its issuers, somebody who attacks it, and a forge for each issuer. */
export class Arena {
  private constructor(
    readonly idp: DemoIdentityProvider,
    readonly attacker: Attacker,
    readonly server: TestApp,
    private readonly forges: ReadonlyMap<IssuerName, Forge>,
  ) {}

  static async open(options: TestAppOptions = {}): Promise<Arena> {
    const [idp, attacker] = await Promise.all([DemoIdentityProvider.start(), Attacker.start()]);
    const forges = new Map<IssuerName, Forge>();
    for (const name of BOTH) forges.set(name, await Forge.open(name, idp, attacker));
    const server = await startTestApp({ ...options, idp });
    return new Arena(idp, attacker, server, forges);
  }

  forge(name: IssuerName): Forge {
    const forge = this.forges.get(name);
    if (!forge) throw new Error(`There is no forge for ${name}.`);
    return forge;
  }

  /** Posts a token as one credential of a provider: `accepted`, or the code with which it is refused. */
  async verdict(name: IssuerName, token: string, field = 'id_token'): Promise<string> {
    const { status, body } = await this.server.api(`/auth/${name}`, { json: { [field]: token } });
    return status === 200 ? 'accepted' : body.code;
  }

  async close(): Promise<void> {
    await this.server.stop();
    await Promise.all([this.attacker.stop(), this.idp.stop()]);
  }
}
