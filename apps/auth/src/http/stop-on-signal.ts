/** What is stopped. */
export interface Closable {
  close(): Promise<void>;
}

/** As much of a process as is needed to stop it. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  exit(code: number): void;
}

/**
 * Closes the application at the first SIGTERM (ECS, docker stop) or SIGINT (Ctrl-C), letting running requests finish,
 * and ends at once at the second. Nest's own shutdown hooks wait for ever, whatever follows the first signal; and
 * without a handler, Node as process 1 ignores SIGTERM until it is killed.
 */
export function stopOnSignal(app: Closable, process: SignalSource, report: (error: unknown) => void): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return process.exit(signal === 'SIGINT' ? 130 : 143);
    stopping = true;
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        report(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
