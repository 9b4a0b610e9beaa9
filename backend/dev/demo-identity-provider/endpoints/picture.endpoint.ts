import { createHash } from 'node:crypto';
import { escapeHtml } from '../pages/layout.page';
import { DemoPerson } from '../people/demo-person';
import { Answer } from './answer';

/** A person's picture: the initials on a colour of their own. */
export function picture({ key, name }: DemoPerson): Answer {
  const hue = Math.round((createHash('sha256').update(key).digest().readUInt8() * 360) / 256);
  const initials = name
    .split(' ')
    .slice(0, 2)
    .map(([initial]) => initial ?? '')
    .join('');
  return {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=3600',
      'content-security-policy': "default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
    },
    body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" role="img" aria-label="${escapeHtml(name)}">
<rect width="96" height="96" fill="hsl(${hue} 45% 38%)"/>
<text x="48" y="50" fill="#fff" font-family="system-ui, sans-serif" font-size="38" text-anchor="middle" dominant-baseline="central">${escapeHtml(initials)}</text>
</svg>`,
  };
}
