import { createHash } from 'node:crypto';
import { gatehouse, portcullis } from './mark.tsx';

/**
 * Looks of the hosted pages, akin to those of the application that they lead to. A test holds the colours against each
 * other: 4.5:1 for text, 3:1 for edges that show where to type (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #f5f2ea;
  --card: #fffdf8;
  --ink: #1c2328;
  --soft: #59626a;
  --line: #dfd8c9;
  --stone: #e6dfd0;
  --edge: #7c838a;
  --accent: #1d5a50;
  --accent-strong: #16463e;
  --on-accent: #fbf7ee;
  --brass: #b98a36;
  --stop: #96352c;
  --stop-tint: #f8e9e5;
  --shadow: 0 1px 2px rgb(60 50 30 / 6%), 0 12px 32px -12px rgb(60 50 30 / 18%);
  --text: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --display: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", Charter, Georgia, "Liberation Serif",
    serif;
  --code: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11161a;
    --card: #191f25;
    --ink: #ece7dc;
    --soft: #a3acb4;
    --line: #2c353d;
    --stone: #1d242a;
    --edge: #79838c;
    --accent: #8fd0c0;
    --accent-strong: #b3e2d6;
    --on-accent: #0e1a17;
    --brass: #dcb063;
    --stop: #f0a79d;
    --stop-tint: #33201f;
    --shadow: 0 1px 2px rgb(0 0 0 / 30%), 0 16px 40px -16px rgb(0 0 0 / 60%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  display: flex;
  flex-direction: column;
  min-height: 100vh;
  min-height: 100dvh;
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 400 1rem/1.55 var(--text);
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
main {
  display: flex;
  flex: 1;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  padding: clamp(1.25rem, 5vh, 3rem) 1rem 2.5rem;
}
.pool {
  display: flex;
  align-items: center;
  gap: 0.75rem;
  max-width: 25rem;
  margin: 0 0 1.5rem;
  font: 600 1.1875rem/1.2 var(--display);
  overflow-wrap: anywhere;
}
.mark { flex: none; color: var(--accent); }
.mark .portcullis { stroke: var(--brass); }
.card {
  width: 100%;
  max-width: 25rem;
  padding: clamp(1.5rem, 5vw, 2.25rem);
  background: var(--card);
  border: 1px solid var(--line);
  border-top: 4px solid var(--brass);
  border-radius: 1rem;
  box-shadow: var(--shadow);
}
h1 {
  margin: 0;
  font: 600 1.75rem/1.15 var(--display);
  letter-spacing: -0.01em;
  text-wrap: balance;
}
.lead { margin: 0.5rem 0 0; color: var(--soft); overflow-wrap: anywhere; text-wrap: pretty; }
.lead strong { color: var(--ink); font-weight: 600; }
.alert {
  margin: 1.5rem 0 0;
  padding: 0.75rem 0.875rem;
  color: var(--stop);
  background: var(--stop-tint);
  border-left: 3px solid currentcolor;
  border-radius: 0.375rem;
  font-weight: 500;
}
.notice {
  margin: 1.5rem 0 0;
  padding: 0.75rem 0.875rem;
  background: var(--stone);
  border-left: 3px solid var(--accent);
  border-radius: 0.375rem;
}
form { margin-top: 1.75rem; }
form.other { margin-top: 0; }
.hint { margin: -0.25rem 0 0.375rem; color: var(--soft); font-size: 0.875rem; }
.optional { color: var(--soft); font-weight: 400; }
.or { margin: 1.25rem 0 -0.5rem; color: var(--soft); text-align: center; }
.links { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5rem 1.5rem; margin: 1.375rem 0 0; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:hover { color: var(--accent-strong); }
.links a { padding: 0.25rem 0; }
.mails { margin: 1.75rem 0 0; padding: 0; list-style: none; }
.mails li { padding: 1.125rem 0; border-top: 1px dashed var(--line); overflow-wrap: anywhere; }
.mails h2 { margin: 0; font: 600 1.0625rem/1.3 var(--text); }
.mails p { margin: 0.375rem 0 0; }
.mails .lead { margin: 0; font-size: 0.875rem; }
label { display: block; margin-bottom: 0.375rem; font-size: 0.9375rem; font-weight: 600; }
input {
  display: block;
  width: 100%;
  min-height: 3rem;
  margin-bottom: 1.125rem;
  padding: 0.625rem 0.875rem;
  color: inherit;
  background: transparent;
  border: 1px solid var(--edge);
  border-radius: 0.625rem;
  font: inherit;
}
input:hover { border-color: var(--ink); }
input[aria-invalid="true"] { border-color: var(--stop); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button {
  display: block;
  width: 100%;
  min-height: 3rem;
  margin-top: 1.625rem;
  padding: 0.625rem 1.25rem;
  color: var(--on-accent);
  background: var(--accent);
  border: 1px solid transparent;
  border-radius: 0.625rem;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
button:hover { background: var(--accent-strong); }
button.quiet { margin-top: 0.75rem; color: var(--accent); background: transparent; border-color: var(--edge); }
button.quiet:hover { color: var(--accent-strong); border-color: var(--accent-strong); }
dl { margin: 1.75rem 0 0; padding-top: 1.25rem; border-top: 1px dashed var(--line); }
dt { color: var(--soft); font-size: 0.875rem; }
dd { margin: 0 0 0.875rem; overflow-wrap: anywhere; }
dd:last-child { margin-bottom: 0; }
code { font: 0.875em/1.5 var(--code); overflow-wrap: anywhere; }
footer {
  padding: 1.375rem 1rem 1.625rem;
  background: var(--stone);
  color: var(--soft);
  font-size: 0.875rem;
  text-align: center;
  text-wrap: balance;
}
footer code { white-space: nowrap; }
footer::before {
  content: "";
  display: block;
  height: 0.6875rem;
  margin: -2.0625rem -1rem 1.375rem;
  background: repeating-linear-gradient(90deg, var(--stone) 0 1.5rem, transparent 1.5rem 2.5rem);
}
@media (max-width: 30rem) {
  main { justify-content: flex-start; }
}
`.trimStart();

const hash = createHash('sha256').update(stylesheet).digest('hex').slice(0, 12);

/** Changes with the contents, so that browsers may keep it for good. */
export const stylesheetPath = `/assets/hosted-${hash}.css`;

/** The mark on a field of its own colour, so that it stands out in a light and in a dark row of tabs. */
export const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d5a50"/>' +
  `<g transform="translate(3.2 2.4) scale(.8)"><path fill="#fbf7ee" d="${gatehouse}"/>` +
  `<path fill="none" stroke="#e9bd6b" stroke-width="1.6" d="${portcullis}"/></g></svg>`;

export const faviconPath = '/assets/favicon.svg';
