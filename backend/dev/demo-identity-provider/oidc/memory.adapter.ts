import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

const SWEEP_ABOVE = 1_000;

/** Keeps one model of oidc-provider in memory until it expires. */
class MemoryAdapter implements Adapter {
  private readonly entries = new Map<string, Entry>();

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    if (this.entries.size > SWEEP_ABOVE) this.sweep();
    this.entries.set(id, { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1_000 : Infinity });
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.entries.get(id)?.payload);
  }

  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    const entry = [...this.entries.values()].find(({ payload }) => payload.userCode === userCode);
    return Promise.resolve(entry?.payload);
  }

  consume(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (entry) entry.payload.consumed = Math.floor(Date.now() / 1_000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.entries.delete(id);
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.entries) if (payload.grantId === grantId) this.entries.delete(id);
    return Promise.resolve();
  }

  private sweep(): void {
    const now = Date.now();
    for (const [id, { expiresAt }] of this.entries) if (expiresAt <= now) this.entries.delete(id);
  }
}

/**
 * Forgets who has signed in, so that every visit shows the page with the people instead of the last choice. The state
 * of a form is kept: the page for televisions recognises its own by it.
 */
class ForgetfulAdapter extends MemoryAdapter {
  override async find(id: string): Promise<AdapterPayload | undefined> {
    const { state, kind, jti, uid, iat, exp } = (await super.find(id)) ?? {};
    return state === undefined ? undefined : { state, kind, jti, uid, iat, exp };
  }
}

/** Storage of one issuer, which ends with the process. */
export const memoryAdapters: AdapterFactory = (model) =>
  model === 'Session' ? new ForgetfulAdapter() : new MemoryAdapter();
