import { type User } from '@gatehouse/claims';
import { type ComponentChildren, type JSX } from 'preact';

import { Layout } from './layout.tsx';
import { Mark } from './mark.tsx';

export interface NoticeProps {
  readonly title: string;
  readonly gate: 'raised' | 'lowered';
  /** Whether something was denied, rather than done. */
  readonly refused?: boolean;
  readonly user?: User | undefined;
  /** What to do next: links and forms. */
  readonly actions: ComponentChildren;
  /** What to quote to whoever runs the application. */
  readonly reference?: string;
  readonly children: ComponentChildren;
}

/** A page that says one thing, and what to do about it. */
export function Notice({ title, gate, refused = false, user, actions, reference, children }: NoticeProps): JSX.Element {
  return (
    <Layout title={title} user={user}>
      <section class={refused ? 'notice refused' : 'notice'} aria-labelledby="title">
        <Mark gate={gate} size={72} />
        <h1 id="title">{title}</h1>
        {children}
        <div class="actions">{actions}</div>
        {reference !== undefined && <p class="reference">{reference}</p>}
      </section>
    </Layout>
  );
}
