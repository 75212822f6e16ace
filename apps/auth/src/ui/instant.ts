const date = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** `14:05 UTC` on the day of `now`, `2 March 2025, 14:05 UTC` else. The server cannot know the reader's time zone. */
export function formatInstant(instant: Date, now: Date): string {
  const clock = `${time.format(instant)} UTC`;
  return date.format(instant) === date.format(now) ? clock : `${date.format(instant)}, ${clock}`;
}

/** `in 43 minutes`, `in 2 hours`, `20 minutes ago`: rounded, in the largest unit of which there are at least two. */
export function formatDistance(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 120) return relative.format(Math.round(seconds), 'second');
  if (size < 2 * 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 2 * 86400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86400), 'day');
}
