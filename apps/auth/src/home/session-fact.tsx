import { type JSX } from 'preact';

import { type SessionEnd } from '../session/session-end.ts';
import { formatDistance, formatInstant } from '../ui/instant.ts';

export interface SessionFactProps {
  readonly end: SessionEnd;
  readonly sessionTimeoutSeconds: number;
  readonly now: Date;
}

const words = {
  about: { label: 'Session ends at about', bar: 'Time left in the session, about' },
  latest: { label: 'Session ends at the latest at', bar: 'Time left in the session, at most' },
} as const satisfies Record<SessionEnd['certainty'], unknown>;

/** When the session ends, no more exactly than it can be known. */
export function SessionFact({ end, sessionTimeoutSeconds, now }: SessionFactProps): JSX.Element {
  const { label, bar } = words[end.certainty];
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <time dateTime={end.at.toISOString()}>{formatInstant(end.at, now)}</time>
        <small>{formatDistance(end.secondsLeft)}</small>
        <progress max={sessionTimeoutSeconds} value={end.secondsLeft} aria-label={bar}>
          {formatDistance(end.secondsLeft)}
        </progress>
      </dd>
    </div>
  );
}
