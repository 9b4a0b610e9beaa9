import { InternedTexts } from './interned-texts';

it('gives every text back as it is, also past the number that is kept', () => {
  const interned = new InternedTexts();
  const texts = Array.from({ length: 3_000 }, (_, at) => `text ${at}`);
  for (let round = 0; round < 2; round += 1) expect(texts.map((text) => interned.of(text))).toEqual(texts);
});
