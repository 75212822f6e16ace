import { type User } from '@gatehouse/claims';
import { type ComponentChildren, type JSX } from 'preact';

import { favicon, stylesheet } from '../assets/assets.ts';
import { Mark } from './mark.tsx';
import { SignOut } from './sign-out.tsx';

export interface LayoutProps {
  readonly title: string;
  /** Who is signed in, where that is known; decides what the header offers. */
  readonly user?: User | undefined;
  /** The path of the page, to mark it in the navigation. */
  readonly path?: string;
  readonly children: ComponentChildren;
}

/** What every page shares: head, header with the way around and the way out, footer. */
export function Layout({ title, user, path, children }: LayoutProps): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · Gatehouse`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f5f2ea" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#11161a" />
        <meta name="robots" content="noindex" />
        <link rel="icon" type="image/svg+xml" href={favicon.href} />
        <link rel="stylesheet" href={stylesheet.href} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href="/">
            <Mark gate="raised" size={30} />
            <span>Gatehouse</span>
          </a>
          {user && <Navigation user={user} path={path} />}
          {user && <SignOut look="quiet" />}
        </header>
        <main id="content">{children}</main>
        <footer class="wall">
          <p>Nobody passes unverified.</p>
        </footer>
      </body>
    </html>
  );
}

/** For whoever has more than one page to go to. */
function Navigation({ user, path }: { readonly user: User; readonly path: string | undefined }): JSX.Element | null {
  if (!user.groups.includes('admins')) return null;
  const pages = [
    { href: '/', name: 'Your pass' },
    { href: '/admin', name: 'Administration' },
  ];
  return (
    <nav aria-label="Pages">
      <ul>
        {pages.map(({ href, name }) => (
          <li key={href}>
            <a href={href} aria-current={href === path ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
