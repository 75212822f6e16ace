/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { type ComponentChildren, type JSX } from 'preact';
import { Mark } from './mark.tsx';
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
            <Mark />
            {poolName}
          </p>
          <div class="card">{children}</div>
        </main>
        <footer>
          Local user pool <code>{poolId}</code>, running on this machine
        </footer>
      </body>
    </html>
  );
}
