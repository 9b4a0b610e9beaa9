import { textOf } from '../repository/repository-files';

/** A request as docs/mobile.md writes it out. */
export interface DocumentedRequest {
  method: string;
  path: string;
  /** By their names in small letters. */
  headers: Record<string, string>;
  body: string;
}

/** What the table says of the ID tokens that an SDK brings. */
export interface DocumentedToken {
  /** Whose id is the audience. */
  audience: string;
  /** Whose id is the authorized party; a dash: the token names none. */
  party: string;
  nonce: string;
}

/** What docs/mobile.md says of one SDK. */
export interface MobileChapter {
  /** The heading with that of its system before it, as the table has it: `iOS: AppAuth`. */
  title: string;
  text: string;
  /** The variables of its settings. */
  settings: Record<string, string>;
  requests: DocumentedRequest[];
}

const DOCUMENT = textOf('docs/mobile.md');

const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);

function requestOf(block: string): DocumentedRequest {
  const [head = '', body = ''] = block.split('\n\n');
  const [first = '', ...headers] = head.trim().split('\n');
  const [method = '', path = ''] = first.split(' ');
  const fields = headers.map((line) => line.split(/: (.*)/).slice(0, 2));
  return {
    method,
    path,
    headers: Object.fromEntries(fields.map(([name = '', value]) => [name.toLowerCase(), value])) as Record<
      string,
      string
    >,
    body: body.trim(),
  };
}

const settingsOf = (text: string): Record<string, string> =>
  Object.fromEntries(blocksOf(text, 'dotenv').flatMap((block) => [...block.matchAll(/^(\w+)=(.*)$/gm)].map(variable)));

const variable = ([, name = '', value = '']: RegExpMatchArray): [string, string] => [name, value];

function chapterOf(system: string, text: string): MobileChapter {
  const [heading = ''] = text.split('\n');
  const requests = blocksOf(text, 'http').map(requestOf);
  return { title: `${system}: ${heading}`, text, settings: settingsOf(text), requests };
}

/** The chapters about SDKs, those with a heading of the third order. */
export const MOBILE_CHAPTERS: readonly MobileChapter[] = DOCUMENT.split(/^## /m).flatMap((part) => {
  const [head = '', ...chapters] = part.split(/^### /m);
  return chapters.map((chapter) => chapterOf(head.split('\n')[0] ?? '', chapter));
});

/** The requests that every app sends, from the nonce to the sign-out. */
export const COMMON_REQUESTS: readonly DocumentedRequest[] = blocksOf(DOCUMENT.split(/^### /m)[0] ?? '', 'http').map(
  requestOf,
);

/** The rows of the table of tokens, by the title of their chapter. */
export const DOCUMENTED_TOKENS: ReadonlyMap<string, DocumentedToken> = new Map(
  [...DOCUMENT.matchAll(/^\| ([\w ]+: [^|]+?) \| (\w+) \| (\S+) \| ([^|]+?) \|$/gm)].map(
    ([, title = '', audience = '', party = '', nonce = '']) => [title, { audience, party, nonce }],
  ),
);
