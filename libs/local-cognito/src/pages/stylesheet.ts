import { createHash } from 'node:crypto';

/** Looks of the hosted pages. Colours hold at least 4.5:1 for text and 3:1 for edges (WCAG 2.2, 1.4.3 and 1.4.11). */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #eef0f4;
  --ground-far: #dfe4ee;
  --card: #ffffff;
  --ink: #172033;
  --ink-soft: #56617a;
  --edge: #818ba3;
  --line: #dde1ea;
  --accent: #2f4bd1;
  --accent-deep: #2239ac;
  --on-accent: #ffffff;
  --bad: #a3161f;
  --bad-ground: #fdeeee;
  --shadow: 0 1px 2px rgb(23 32 51 / 6%), 0 16px 40px -16px rgb(23 32 51 / 22%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10141d;
    --ground-far: #171e2e;
    --card: #1a2130;
    --ink: #eef1f8;
    --ink-soft: #a8b2c8;
    --edge: #7481a0;
    --line: #2c3547;
    --accent: #a9b8ff;
    --accent-deep: #c3ceff;
    --on-accent: #131a35;
    --bad: #ffb1b1;
    --bad-ground: #3a1e24;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 20px 48px -20px rgb(0 0 0 / 70%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { height: 100%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  min-height: 100%;
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  gap: 1.5rem;
  padding: 2rem 1rem;
  background: radial-gradient(80rem 40rem at 50% -10rem, var(--ground-far), var(--ground)) no-repeat var(--ground);
  color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main {
  width: 100%;
  max-width: 26rem;
  padding: 2.25rem 2.25rem 2.5rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 1rem;
  box-shadow: var(--shadow);
}
.pool {
  display: flex;
  align-items: center;
  gap: 0.625rem;
  margin: 0 0 1.75rem;
  font-size: 0.9375rem;
  font-weight: 600;
  overflow-wrap: anywhere;
}
.pool svg { flex: none; width: 2rem; height: 2rem; color: var(--accent); }
h1 { margin: 0; font-size: 1.625rem; font-weight: 650; line-height: 1.2; letter-spacing: -0.015em; }
.lead { margin: 0.375rem 0 0; color: var(--ink-soft); overflow-wrap: anywhere; }
.lead strong { color: var(--ink); font-weight: 600; }
form { margin-top: 1.75rem; }
label { display: block; margin-bottom: 0.375rem; font-size: 0.9375rem; font-weight: 550; }
input {
  display: block;
  width: 100%;
  min-height: 3rem;
  margin-bottom: 1.125rem;
  padding: 0.625rem 0.875rem;
  color: inherit;
  background: transparent;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  font: inherit;
}
input:hover { border-color: var(--ink-soft); }
input[aria-invalid="true"] { border-color: var(--bad); }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button {
  display: block;
  width: 100%;
  min-height: 3rem;
  margin-top: 1.5rem;
  padding: 0.625rem 1rem;
  color: var(--on-accent);
  background: var(--accent);
  border: 1px solid transparent;
  border-radius: 0.5rem;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
button:hover { background: var(--accent-deep); }
.alert {
  margin: 1.5rem 0 0;
  padding: 0.75rem 0.875rem;
  color: var(--bad);
  background: var(--bad-ground);
  border-left: 3px solid currentcolor;
  border-radius: 0.375rem;
  font-size: 0.9375rem;
  font-weight: 500;
}
dl { margin: 1.75rem 0 0; padding-top: 1.25rem; border-top: 1px solid var(--line); font-size: 0.9375rem; }
dt { color: var(--ink-soft); }
dd { margin: 0 0 0.75rem; overflow-wrap: anywhere; }
dd:last-child { margin-bottom: 0; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
footer { max-width: 26rem; color: var(--ink-soft); font-size: 0.8125rem; text-align: center; overflow-wrap: anywhere; }
@media (max-width: 30rem) {
  body { justify-content: flex-start; padding: 1rem 1rem 2rem; }
  main { padding: 1.5rem 1.25rem 1.75rem; }
}
`.trimStart();

const hash = createHash('sha256').update(stylesheet).digest('hex').slice(0, 12);

/** Changes with the contents, so that browsers may keep it for good. */
export const stylesheetPath = `/assets/hosted-${hash}.css`;

/** The mark of the pages, for the browser's tab. */
export const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2f4bd1"/>' +
  '<path d="M8 26V15a8 8 0 0 1 16 0v11M13 26V15.5a3 3 0 0 1 6 0V26" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>';

export const faviconPath = '/assets/favicon.svg';
