import { createHash } from 'node:crypto';
import { Answer } from '../endpoints/answer';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c1f24; --soft: #5a6270; --page: #f4f5f7; --card: #fff; --line: #d5d9e0; --mark: #1f5fd0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceef2; --soft: #a9b1be; --page: #14161a; --card: #1e2127; --line: #3a404b; --mark: #8ab4ff; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 27rem; padding: 1.75rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0; font-size: 1.375rem; line-height: 1.25; }
p { margin: .25rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
.notice { margin-bottom: 1rem; font-size: .8125rem; }
ul { list-style: none; margin: 1.25rem 0; padding: 0; display: grid; gap: .5rem; }
li { position: relative; display: flex; gap: .875rem; align-items: center; padding: .625rem .875rem; border: 1px solid var(--line); border-radius: .5rem; }
li:hover { border-color: var(--mark); }
li:focus-within { outline: 3px solid var(--mark); outline-offset: 2px; }
li div { min-width: 0; }
li p { margin: 0; font-size: .875rem; line-height: 1.35; }
li img, .blank { flex: none; width: 2.75rem; height: 2.75rem; border-radius: 50%; background: var(--line); }
button { font: inherit; color: inherit; cursor: pointer; background: none; }
li button { padding: 0; border: 0; font-weight: 600; text-align: start; }
li button::after { content: ''; position: absolute; inset: 0; border-radius: .5rem; }
li button:focus-visible { outline: none; }
label { color: var(--ink); }
input:not([type=hidden]) { width: 100%; margin: .25rem 0 1rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--page); color: inherit; font: 1.25rem/1.5 ui-monospace, monospace; text-transform: uppercase; }
input:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
strong { color: var(--ink); font-family: ui-monospace, monospace; }
form:not(:has(ul)) { margin-top: 1.25rem; }
.cancel { padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
.cancel:hover { border-color: var(--mark); }
.cancel:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A page of the demo identity provider: no script, nothing from elsewhere. */
export function page(status: number, title: string, main: string, formTargets: readonly string[] = []): Answer {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    'img-src http: https: data:',
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy.join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>${main}</main></body>
</html>
`,
  };
}
