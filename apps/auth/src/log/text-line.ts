import { styleText } from 'node:util';

const COLOURS = { info: 'green', warn: 'yellow', error: 'red', fatal: 'red' } as const;

/** A line of the log for a person at a terminal: when, how bad, what, and the rest as `name=value`. */
export function textLine(json: string): string {
  const { time, level, context, msg, ...rest } = JSON.parse(json) as Readonly<Record<string, unknown>>;
  const colour = COLOURS[level as keyof typeof COLOURS] ?? 'dim';
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${plain(value)}`);
  const said = [context === undefined ? undefined : `[${plain(context)}]`, plain(msg), ...fields].filter(Boolean);
  return `${plain(time).slice(11, 19)} ${styleText(colour, plain(level))} ${said.join(' ')}\n`;
}

/** A terminal obeys control characters: none may come out of a request and reach it. */
function plain(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.replace(/\p{Cc}/gu, '?');
}
