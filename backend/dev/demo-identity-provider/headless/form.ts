/** A form of a page: where it is sent, and what it holds before anybody fills it in. */
export interface PageForm {
  readonly action: string;
  readonly fields: Record<string, string>;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const unescape = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => ENTITIES[name] ?? '');

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescape(value);
};

/** The first form of a page, read as little as a browser without scripts would read it. */
export function formOf(html: string, address: string): PageForm {
  const [tag] = /<form [^>]*>/.exec(html) ?? [];
  if (tag === undefined) throw new Error(`Expected a form at ${address}: ${html}`);
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([input]) => [
    attribute(input, 'name') ?? '',
    attribute(input, 'value') ?? '',
  ]);
  return {
    action: new URL(attribute(tag, 'action') ?? '', address).href,
    fields: Object.fromEntries(inputs) as Record<string, string>,
  };
}
