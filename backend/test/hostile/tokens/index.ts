import type { BenignToken, HostileToken } from '../hostile-entry';
import { algorithms, soundAlgorithms } from './algorithms';
import { audiences, soundAudiences } from './audiences';
import { headers, soundHeaders } from './headers';
import { issuers, soundIssuers } from './issuers';
import { json, soundJson } from './json';
import { keys, soundKeys } from './keys';
import { kinds, soundKinds } from './kinds';
import { persons } from './persons';
import { segments, soundSegments } from './segments';
import { signatures, soundSignatures } from './signatures';
import { sizes, soundSizes } from './sizes';
import { tamedPersons } from './tamed-persons';
import { soundTimes, times } from './times';
import { soundTypes, types } from './types';

/** One theme of the catalogue: what must be refused, and its neighbours that must not. */
export interface TokenTheme {
  theme: string;
  hostile: readonly HostileToken[];
  benign: readonly BenignToken[];
}

/** The hostile tokens, by theme. */
export const tokenThemes: readonly TokenTheme[] = [
  { theme: 'algorithms', hostile: algorithms, benign: soundAlgorithms },
  { theme: 'header members', hostile: headers, benign: soundHeaders },
  { theme: 'keys', hostile: keys, benign: soundKeys },
  { theme: 'signatures', hostile: signatures, benign: soundSignatures },
  { theme: 'segments', hostile: segments, benign: soundSegments },
  { theme: 'JSON', hostile: json, benign: soundJson },
  { theme: 'types', hostile: types, benign: soundTypes },
  { theme: 'issuers', hostile: issuers, benign: soundIssuers },
  { theme: 'audiences', hostile: audiences, benign: soundAudiences },
  { theme: 'times', hostile: times, benign: soundTimes },
  { theme: 'persons', hostile: persons, benign: tamedPersons },
  { theme: 'kinds', hostile: kinds, benign: soundKinds },
  { theme: 'sizes', hostile: sizes, benign: soundSizes },
];
