/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { type JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Mail } from '../mail/mailbox.ts';
import { Layout } from './layout.tsx';

export interface InboxPageProps {
  readonly poolId: string;
  readonly poolName: string;
  /** Newest first. */
  readonly mails: readonly Mail[];
  /** Of this page. */
  readonly address: string;
}

/** What Cognito would have mailed, for the person who plays everybody. */
function InboxPage({ poolId, poolName, mails, address }: InboxPageProps): JSX.Element {
  return (
    <Layout title="Inbox" poolId={poolId} poolName={poolName}>
      <h1>Inbox</h1>
      <p class="lead">What the pool would have mailed, since it was started. Nothing leaves this machine.</p>
      {mails.length === 0 ? (
        <p class="notice">Nothing yet.</p>
      ) : (
        <ol class="mails" reversed>
          {mails.map(({ to, subject, text, sentAt }) => (
            <li>
              <h2>{subject}</h2>
              <p class="lead">
                to {to}, <time dateTime={new Date(sentAt).toISOString()}>{shownTime(sentAt)}</time>
              </p>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      )}
      <p class="links">
        <a href={address}>Look again</a>
      </p>
    </Layout>
  );
}

/** To the second, in words that may be broken between. */
function shownTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('T', ' ').replace(/\..*/, ' UTC');
}

export function renderInboxPage(props: InboxPageProps): string {
  return renderToString(<InboxPage {...props} />);
}
