/** The keys under which entries of one owner are kept; most owners have one. */
export class CacheIndex {
  private readonly keys = new Map<string, string | Set<string>>();

  add(owner: string, key: string): void {
    const known = this.keys.get(owner);
    if (known === undefined) this.keys.set(owner, key);
    else if (typeof known !== 'string') known.add(key);
    else if (known !== key) this.keys.set(owner, new Set([known, key]));
  }

  delete(owner: string, key: string): void {
    const known = this.keys.get(owner);
    if (known === key) this.keys.delete(owner);
    else if (known instanceof Set && known.delete(key) && known.size === 0) this.keys.delete(owner);
  }

  /** A copy, which stays as it is while keys are deleted. */
  of(owner: string): readonly string[] {
    const known = this.keys.get(owner);
    if (known === undefined) return [];
    return typeof known === 'string' ? [known] : [...known];
  }
}
