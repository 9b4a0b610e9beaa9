import type { Forge } from '../forge';
import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';

const LONGEST = 16_384;

/** A genuine token of exactly so many characters. */
const ofLength =
  (length: number) =>
  (forge: Forge): string => {
    const pad = (size: number): string => forge.token({ sub: 'x', pad: 'x'.repeat(size) });
    let size = Math.floor((length - pad(0).length) * 0.75);
    while (pad(size).length < length) size += 1;
    return pad(size);
  };

/** V16, D7: tokens that are too long, or deeper than a parser likes. */
export const sizes: HostileToken[] = [
  { title: 'V16 a genuine token of more than 16 KB', token: ofLength(LONGEST + 1), refused: '400 invalid_request' },
  { title: 'V16 a genuine token of 24 KB', token: ofLength(24_000), refused: '400 invalid_request' },
  { title: 'V16 24 KB of dots', token: () => '.'.repeat(24_000), refused: '400 invalid_request' },
  { title: 'V16 16 KB of dots', token: () => '.'.repeat(LONGEST), refused: INVALID },
  { title: 'V16 16 KB of one segment', token: () => 'A'.repeat(LONGEST), refused: INVALID },
  { title: 'V16 24 KB of text that takes three bytes a character', token: () => '字'.repeat(8_000), refused: INVALID },
  { title: 'V16 40 KB', token: () => 'A'.repeat(40_000), refused: '413 payload_too_large' },
  {
    title: 'D7 5,800 levels in the issuer',
    token: (forge) => forge.compact(forge.header(), `{"iss":${'['.repeat(5_800)}${']'.repeat(5_800)}}`),
    refused: '401 provider_token_wrong_issuer',
  },
  {
    title: 'D7 40,000 levels',
    token: (forge) => forge.compact(forge.header(), '['.repeat(40_000)),
    refused: '413 payload_too_large',
  },
];

/** What differs from these by one thing only. */
export const soundSizes: BenignToken[] = [
  { title: 'V16 a genuine token of 16,000 characters', token: ofLength(16_000) },
];
