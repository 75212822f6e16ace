import type * as oidc from 'oidc-provider';

const notice = 'oidc-provider WARNING: Unsupported runtime.';

/**
 * Imports oidc-provider without its remark on Node 20, which it writes to the console while it loads and offers no way
 * to decline. What it is used for here runs on Node 20: the tests do. Every other warning passes.
 *
 * Everywhere else its types are imported by `import type`: `import { type … }` would leave a bare import behind, which
 * loads it with the remark.
 */
export async function loadOidcProvider(): Promise<typeof oidc> {
  const warn = console.warn;
  console.warn = (...words: unknown[]): void => {
    if (!String(words[0]).includes(notice)) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
