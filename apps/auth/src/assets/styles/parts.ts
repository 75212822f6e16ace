import { css } from './base.ts';

/** What more than one page is made of. */
export const parts = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem 1.75rem;
    width: 100%;
    max-width: 66rem;
    min-height: 5rem;
    margin: 0 auto;
    padding: 1.1rem clamp(1rem, 4vw, 2rem);
  }

  .brand {
    display: inline-flex;
    align-items: center;
    gap: 0.65rem;
    margin-right: auto;
    color: var(--ink);
    font: 600 1.3rem/1 var(--display);
    text-decoration: none;
  }

  .mark {
    flex: none;
    color: var(--accent);
  }

  .portcullis {
    stroke: var(--brass);
  }

  nav ul {
    display: flex;
    gap: 1.5rem;
  }

  nav a {
    display: block;
    padding: 0.55rem 0;
    color: var(--soft);
    text-decoration: none;
  }

  nav a:hover {
    color: var(--ink);
    box-shadow: inset 0 -2px var(--line);
  }

  nav a[aria-current] {
    color: var(--ink);
    font-weight: 600;
    box-shadow: inset 0 -2px var(--brass);
  }

  .button {
    display: inline-block;
    min-height: 2.75rem;
    padding: 0.6rem 1.25rem;
    border: 1px solid transparent;
    border-radius: 0.6rem;
    background: var(--accent);
    color: var(--on-accent);
    font: 600 1rem/1.4 var(--text);
    text-decoration: none;
    cursor: pointer;
    transition: background-color 120ms;
  }

  .button:hover {
    background: var(--accent-strong);
    color: var(--on-accent);
  }

  .button.plain,
  .button.quiet {
    border-color: var(--line);
    background: var(--card);
    color: var(--ink);
  }

  .button.quiet {
    padding-inline: 1rem;
    background: none;
    font-weight: 500;
  }

  .button.plain:hover,
  .button.quiet:hover {
    border-color: var(--soft);
    background: var(--stone);
    color: var(--ink);
  }

  .card {
    border: 1px solid var(--line);
    border-radius: 1rem;
    background: var(--card);
    padding: clamp(1.25rem, 3vw, 2rem);
  }

  .eyebrow {
    color: var(--soft);
    font-size: 0.8125rem;
    font-weight: 600;
    letter-spacing: 0.08em;
    text-transform: uppercase;
  }

  .lead {
    max-width: 44rem;
    color: var(--soft);
    font-size: 1.0625rem;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }

  .chip {
    display: inline-block;
    padding: 0.1rem 0.7rem;
    border-radius: 1rem;
    background: var(--tint);
    color: var(--accent-strong);
    font-size: 0.9375rem;
    font-weight: 500;
    overflow-wrap: anywhere;
  }

  .chip.unsure {
    background: var(--stone);
    color: var(--ink);
  }

  .facts dt {
    color: var(--soft);
    font-size: 0.875rem;
  }

  .facts dd {
    overflow-wrap: anywhere;
  }

  progress {
    display: block;
    width: 100%;
    max-width: 20rem;
    height: 0.4rem;
    margin-top: 0.55rem;
    border: 0;
    border-radius: 1rem;
    background: var(--stone);
    overflow: hidden;
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--stone);
  }

  progress::-webkit-progress-value {
    border-radius: 1rem;
    background: var(--brass);
  }

  progress::-moz-progress-bar {
    border-radius: 1rem;
    background: var(--brass);
  }

  .wall {
    position: relative;
    padding: 1.1rem 1rem 1.3rem;
    background: var(--stone);
    color: var(--soft);
    font-size: 0.875rem;
    text-align: center;
  }

  /* The battlements: as many merlons as fit. */
  .wall::before {
    content: '';
    position: absolute;
    inset: -0.7rem 0 auto;
    height: 0.75rem;
    background: repeating-linear-gradient(90deg, var(--stone) 0 1.5rem, transparent 1.5rem 2.5rem);
  }
`;
