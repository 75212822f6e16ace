import { createHash } from 'node:crypto';

import { script } from './script.ts';
import { style } from './style.ts';

/** The inspector's page; it loads nothing from anywhere. */
export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Load balancer inspector</title>
<style>${style}</style>
</head>
<body>
<header><h1>Load balancer inspector</h1><span id="connection" role="status">connecting</span></header>
<main>
<section aria-labelledby="picture-title"><h2 id="picture-title">Listeners</h2><div id="picture"></div></section>
<section id="requests" aria-labelledby="requests-title"><h2 id="requests-title">Requests, newest first</h2>
<p id="none" class="empty">None yet. Open the application, and its requests appear here.</p><ol id="list"></ol>
<p id="latest" class="visually-hidden" aria-live="polite"></p></section>
<section id="detail" aria-label="The request that is chosen" tabindex="-1"><h2>Request</h2><p class="empty">Choose a request to see what it met. The arrow keys go from one to the next.</p></section>
</main>
<script>${script}</script>
</body>
</html>
`;

/** Only this page's own style and script, and its own stream of events. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src '${hashOf(/<style>([\s\S]*?)<\/style>/)}'`,
  `script-src '${hashOf(/<script>([\s\S]*?)<\/script>/)}'`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function hashOf(part: RegExp): string {
  const [, content = ''] = part.exec(page) ?? [];
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}
