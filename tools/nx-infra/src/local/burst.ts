/** How long a burst of changes is waited out: an editor writes more than once for one save. */
const QUIET_MS = 40;

/**
 * Runs a task for changes: once for a burst of them, never twice at a time, and once more when something changed while
 * it ran.
 */
export class Burst {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  /** @param task is given the last change of the burst; must not throw */
  constructor(private readonly task: (change: string) => Promise<void>) {}

  add(change: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#running.then(() => this.task(change));
    }, QUIET_MS);
  }

  /** Forgets a burst that has not been taken up, and waits for the task that runs. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
  }
}
