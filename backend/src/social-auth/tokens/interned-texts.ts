const MOST_KEPT = 1_000;

/** Keeps one copy of texts that come again and again, names of providers for one: each row brings its own. */
export class InternedTexts {
  private readonly texts = new Map<string, string>();

  /** The same text, and the same copy of it for everybody; past a number of texts, the copy that was given. */
  of<Text extends string>(text: Text): Text {
    const known = this.texts.get(text);
    if (known !== undefined) return known as Text;
    if (this.texts.size < MOST_KEPT) this.texts.set(text, text);
    return text;
  }
}
