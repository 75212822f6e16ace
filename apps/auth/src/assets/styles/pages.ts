import { css } from './base.ts';

/** What single pages look like. */
export const pages = css`
  .home {
    display: grid;
    gap: clamp(1.25rem, 3vw, 2rem);
  }

  .pass {
    position: relative;
    padding: 0;
    overflow: hidden;
    box-shadow: var(--shadow);
  }

  .pass > header {
    display: flex;
    align-items: center;
    gap: clamp(1rem, 3vw, 1.75rem);
    padding: clamp(1.5rem, 4vw, 2.25rem) clamp(1.25rem, 4vw, 2.25rem);
    border-bottom: 1px dashed var(--line);
    border-top: 0.3rem solid var(--brass);
  }

  /* The arch of the gate, with whoever stands in it. */
  .arch {
    display: grid;
    flex: none;
    place-items: center;
    width: clamp(4rem, 12vw, 5.5rem);
    height: clamp(4.75rem, 14vw, 6.5rem);
    padding-top: 0.5rem;
    border-radius: 5rem 5rem 0.5rem 0.5rem;
    background: var(--accent);
    color: var(--on-accent);
    font: 600 clamp(1.4rem, 4vw, 2rem) / 1 var(--display);
  }

  .who {
    display: grid;
    gap: 0.35rem;
    min-width: 0;
  }

  .contact {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.6rem;
    color: var(--soft);
    overflow-wrap: anywhere;
  }

  .pass .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr));
    gap: 1.5rem clamp(1.5rem, 3vw, 2.5rem);
    padding: clamp(1.5rem, 4vw, 2.25rem);
  }

  .pass .facts dt {
    margin-bottom: 0.3rem;
  }

  .pass .facts small {
    display: block;
    color: var(--soft);
    font-size: 0.9375rem;
  }

  .checks {
    display: grid;
    gap: 1.25rem;
  }

  .checks ol {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
    gap: 1.25rem clamp(1.5rem, 4vw, 2.5rem);
  }

  .checks li {
    display: grid;
    grid-template-columns: 1.5rem 1fr;
    gap: 0 0.75rem;
    align-items: start;
  }

  .checks li svg {
    margin-top: 0.15rem;
    color: var(--accent);
  }

  .checks p {
    color: var(--soft);
    font-size: 0.9375rem;
  }

  .checks strong {
    color: var(--ink);
    font-size: 1rem;
  }

  details.card {
    padding: 0;
  }

  summary {
    padding: 1rem clamp(1.25rem, 3vw, 2rem);
    border-radius: 1rem;
    font-weight: 600;
    cursor: pointer;
  }

  details .table,
  details .aside {
    margin: 0 clamp(1.25rem, 3vw, 2rem) 1.25rem;
  }

  .aside {
    color: var(--soft);
    font-size: 0.9375rem;
  }

  .table > div {
    display: grid;
    grid-template-columns: minmax(9rem, 14rem) 1fr;
    gap: 0.15rem 1.5rem;
    padding: 0.75rem 0;
    border-top: 1px solid var(--line);
  }

  .intro {
    display: grid;
    gap: 0.6rem;
  }

  .admin {
    display: grid;
    gap: clamp(1.25rem, 3vw, 2rem);
  }

  .admin .table > div:first-child {
    padding-top: 0;
    border-top: 0;
  }

  .admin .table > div:last-child {
    padding-bottom: 0;
  }

  .admin h2 {
    margin-bottom: 1.25rem;
  }

  .notice {
    display: grid;
    justify-items: center;
    gap: 1.1rem;
    max-width: 34rem;
    margin: clamp(1rem, 8vh, 5rem) auto 0;
    text-align: center;
  }

  .notice p {
    color: var(--soft);
    font-size: 1.0625rem;
  }

  .notice.refused .mark {
    color: var(--stop);
  }

  .notice .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.75rem;
    margin-top: 0.5rem;
  }

  .notice .reference {
    margin-top: 0.75rem;
    font: 0.875rem/1.5 var(--code);
  }

  @media (max-width: 40rem) {
    .table > div {
      grid-template-columns: 1fr;
    }

    /* The pages on a line of their own, so that the way out stays beside the name. */
    .top nav {
      order: 1;
      flex-basis: 100%;
    }
  }
`;
