import { type DestinationStream, type Logger, pino } from 'pino';

/** Where every line of the application goes. */
export type Log = Logger;

/** The injection token of the {@link Log}. */
export const LOG = Symbol('Log');

/**
 * One JSON object a line. Nothing is serialized but what a line names, field by field: a log that is handed a request, a
 * reply or an error as a whole would sooner or later print the headers in it.
 *
 * @param destination written to at once: what is buffered is lost when a process is killed
 */
export function createLog(destination: DestinationStream): Log {
  return pino(
    {
      // Which container it was, the collector knows.
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: () => undefined },
    },
    destination,
  );
}
