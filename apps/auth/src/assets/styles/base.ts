/** Lets editors and prettier see that the text is CSS. */
export const css = String.raw;

/** Colours, type and ground. A test holds every text against its ground, in both schemes. */
export const base = css`
  :root {
    color-scheme: light dark;
    --ground: #f5f2ea;
    --card: #fffdf8;
    --ink: #1c2328;
    --soft: #59626a;
    --line: #dfd8c9;
    --stone: #e6dfd0;
    --accent: #1d5a50;
    --accent-strong: #16463e;
    --on-accent: #fbf7ee;
    --tint: #e3eee9;
    --brass: #b98a36;
    --stop: #96352c;
    --shadow: 0 1px 2px rgb(60 50 30 / 6%), 0 12px 32px -12px rgb(60 50 30 / 18%);
    --text: -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
    --display:
      'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', Charter, Georgia, 'Liberation Serif', serif;
    --code: ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, 'Liberation Mono', monospace;
  }

  @media (prefers-color-scheme: dark) {
    :root {
      --ground: #11161a;
      --card: #191f25;
      --ink: #ece7dc;
      --soft: #a3acb4;
      --line: #2c353d;
      --stone: #1d242a;
      --accent: #8fd0c0;
      --accent-strong: #b3e2d6;
      --on-accent: #0e1a17;
      --tint: #1c322e;
      --brass: #dcb063;
      --stop: #f0a79d;
      --shadow: 0 1px 2px rgb(0 0 0 / 30%), 0 16px 40px -16px rgb(0 0 0 / 60%);
    }
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

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
  }

  main {
    flex: 1;
    width: 100%;
    max-width: 66rem;
    margin: 0 auto;
    padding: clamp(1.25rem, 4vw, 3rem) clamp(1rem, 4vw, 2rem) 3.5rem;
  }

  h1,
  h2 {
    margin: 0;
    font-family: var(--display);
    font-weight: 600;
    line-height: 1.15;
    letter-spacing: -0.01em;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }

  h1 {
    font-size: clamp(1.75rem, 1.3rem + 2vw, 2.5rem);
  }

  h2 {
    font-size: 1.3rem;
  }

  p,
  dl,
  dd,
  ol,
  ul {
    margin: 0;
    padding: 0;
  }

  p {
    text-wrap: pretty;
  }

  ol,
  ul {
    list-style: none;
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }

  a:hover {
    color: var(--accent-strong);
  }

  code {
    font: 0.875em/1.5 var(--code);
    overflow-wrap: anywhere;
  }

  :focus-visible {
    outline: 3px solid var(--accent-strong);
    outline-offset: 3px;
    border-radius: 0.25rem;
  }

  .skip {
    position: absolute;
    left: 1rem;
    top: -4rem;
    z-index: 1;
    padding: 0.6rem 1rem;
    border-radius: 0.5rem;
    background: var(--accent);
    color: var(--on-accent);
  }

  .skip:focus {
    top: 0.75rem;
  }

  @media (forced-colors: active) {
    .button,
    .chip {
      border: 1px solid;
    }
  }
`;
