/** What is stopped, and how it is told. */
export interface Stopping {
  /** Fails the readiness check; everything is still served. */
  readonly begin: () => void;
  /** Resolves when the load balancer has had the time to notice. */
  readonly drained: () => Promise<void>;
  /** Takes no new connection, ends idle ones, and resolves when running requests are answered. */
  readonly close: () => Promise<void>;
  /** Is given what closing failed with. */
  readonly report: (error: unknown) => void;
}

/** As much of a process as is needed to stop it. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  exit(code: number): void;
}

/**
 * Stops the application at the first signal, and ends at once at the second.
 *
 * - SIGTERM (ECS, docker stop): drains first. A load balancer goes on sending requests, on connections that are open and
 *   on new ones, until all of it knows that the target is deregistered; who closes before that has them answered 502.
 * - SIGINT (Ctrl-C): nobody is there to notice, and somebody waits.
 *
 * Nest's own shutdown hooks wait for ever, whatever follows the first signal; and without a handler, Node as process 1
 * ignores SIGTERM until it is killed.
 */
export function stopOnSignal({ begin, drained, close, report }: Stopping, process: SignalSource): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return process.exit(signal === 'SIGINT' ? 130 : 143);
    stopping = true;
    begin();
    const closed = signal === 'SIGTERM' ? drained().then(close) : close();
    closed.then(
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
