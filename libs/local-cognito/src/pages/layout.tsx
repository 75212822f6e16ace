/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { type ComponentChildren, type JSX } from 'preact';
import { faviconPath, stylesheetPath } from './stylesheet.ts';

export interface LayoutProps {
  /** Title of the window, before the pool's name. */
  readonly title: string;
  readonly poolId: string;
  readonly poolName: string;
  readonly children: ComponentChildren;
}

/** The frame of every hosted page: whose pool it is, and that it runs here. */
export function Layout({ title, poolId, poolName, children }: LayoutProps): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${poolName}`}</title>
        <link rel="icon" type="image/svg+xml" href={faviconPath} />
        <link rel="stylesheet" href={stylesheetPath} />
      </head>
      <body>
        <main>
          <p class="pool">
            <svg viewBox="0 0 32 32" aria-hidden="true">
              <rect width="32" height="32" rx="8" fill="currentColor" opacity="0.14" />
              <path
                d="M8 26V15a8 8 0 0 1 16 0v11M13 26V15.5a3 3 0 0 1 6 0V26"
                fill="none"
                stroke="currentColor"
                stroke-width="2.25"
                stroke-linecap="round"
              />
            </svg>
            {poolName}
          </p>
          {children}
        </main>
        <footer>
          Local user pool <code>{poolId}</code>, running on this machine
        </footer>
      </body>
    </html>
  );
}
