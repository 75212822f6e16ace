/** As much of a process as is needed to hear of a fault. */
export interface FaultSource {
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
  exit(code: number): void;
}

/**
 * Ends the process for an error that nobody caught, as Node does, but after a line of the log instead of what Node prints:
 * the error with its message and all of its properties, be they the headers of a request. A promise that nobody caught
 * becomes such an error (`--unhandled-rejections=throw` is the default).
 */
export function endOnFault(process: FaultSource, report: (error: unknown) => void): void {
  process.on('uncaughtException', (error) => {
    report(error);
    process.exit(1);
  });
}
