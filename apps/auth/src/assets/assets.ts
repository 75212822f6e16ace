import { gatehouse, portcullis } from '../ui/mark.tsx';
import { asset } from './asset.ts';
import { base } from './styles/base.ts';
import { pages } from './styles/pages.ts';
import { parts } from './styles/parts.ts';
import { users } from './styles/users.ts';

export const stylesheet = asset(
  '/assets/gatehouse.css',
  'text/css; charset=utf-8',
  [base, parts, pages, users].join('\n'),
);

/** The mark on a field of its own colour, so that it stands out in a light and in a dark row of tabs. */
export const favicon = asset(
  '/assets/favicon.svg',
  'image/svg+xml',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#1d5a50"/>
<g transform="translate(3.2 2.4) scale(.8)">
<path fill="#fbf7ee" d="${gatehouse}"/>
<path fill="none" stroke="#e9bd6b" stroke-width="1.6" d="${portcullis.lowered}"/>
</g>
</svg>
`,
);
