import { type DestinationStream, pino } from 'pino';

import { textLine } from './text-line.ts';

/** Lines of JSON for a log collector; text for a person at a terminal. */
export function standardOutput(stdout: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): DestinationStream {
  if (stdout.isTTY) return { write: (json) => void stdout.write(textLine(json)) };
  return pino.destination({ dest: 1, sync: true });
}
