import { css } from './base.ts';

/** Tables, forms and lists of the user administration. */
export const users = css`
  .trail ul,
  .pages ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
  }

  .trail ul {
    gap: 0.5rem;
  }

  .trail li + li::before {
    content: '›' / '';
    margin-right: 0.5rem;
    color: var(--soft);
  }

  .trail a,
  .pages a {
    display: inline-block;
    padding: 0.35rem 0;
    color: var(--accent);
    text-decoration: underline;
  }

  .done {
    padding: 0.75rem 1rem;
    border-left: 0.3rem solid var(--accent);
    border-radius: 0.35rem;
    background: var(--tint);
    color: var(--accent-strong);
  }

  .fields {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 0.9rem 1rem;
  }

  .fields + .aside,
  .rows + .fields,
  .aside + .fields {
    margin-top: 1.25rem;
  }

  .fields p {
    display: grid;
    gap: 0.3rem;
    min-width: 0;
  }

  .fields .wide {
    flex: 1 1 14rem;
  }

  label {
    font-size: 0.9375rem;
    font-weight: 600;
  }

  input,
  select {
    width: 100%;
    min-height: 2.75rem;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--soft);
    border-radius: 0.6rem;
    background: var(--card);
    color: var(--ink);
    font: 400 1rem/1.4 var(--text);
  }

  table {
    width: 100%;
    margin-top: 1.5rem;
    border-collapse: collapse;
  }

  th,
  td {
    padding: 0.75rem 1rem 0.75rem 0;
    border-bottom: 1px solid var(--line);
    font-weight: 400;
    text-align: left;
    vertical-align: top;
    overflow-wrap: anywhere;
  }

  thead th {
    color: var(--soft);
    font-size: 0.875rem;
  }

  tbody small {
    display: block;
    color: var(--soft);
    font-size: 0.9375rem;
  }

  tr > :first-child {
    width: 100%;
  }

  td .chip,
  td.since {
    white-space: nowrap;
  }

  .pages {
    margin-top: 1rem;
  }

  .rows {
    display: grid;
  }

  .rows li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1.5rem;
    padding: 0.75rem 0;
    border-bottom: 1px solid var(--line);
  }

  .rows li p {
    flex: 1 1 18rem;
    color: var(--soft);
  }

  @media (max-width: 40rem) {
    .since {
      display: none;
    }
  }
`;
