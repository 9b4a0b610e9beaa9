import type { BenignRequest, HostileRequest } from '../hostile-entry';
import { bodies, soundBodies } from './bodies';
import { envelopes, soundEnvelopes } from './envelopes';

/** One theme of the catalogue: what must be refused, and its neighbours that must not. */
export interface RequestTheme {
  theme: string;
  hostile: readonly HostileRequest[];
  benign: readonly BenignRequest[];
}

/** The hostile requests, by theme. */
export const requestThemes: readonly RequestTheme[] = [
  { theme: 'bodies', hostile: bodies, benign: soundBodies },
  { theme: 'envelopes', hostile: envelopes, benign: soundEnvelopes },
];
