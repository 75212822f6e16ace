import { type Event, eventLine } from './event.ts';

export interface ProgressOptions {
  /** One JSON object a line instead of text. */
  readonly json: boolean;
  readonly write: (line: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Tells how far a target is, as it goes. */
export class Progress {
  private readonly start: number;

  constructor(private readonly options: ProgressOptions) {
    this.start = options.now();
  }

  tell(event: Event): void {
    const { json, write, now } = this.options;
    const elapsedMs = Math.round(now() - this.start);
    write(json ? JSON.stringify({ elapsedMs, ...event }) : eventLine(event, elapsedMs));
  }

  note(message: string): void {
    this.tell({ event: 'note', message });
  }

  /**
   * Tells of a step's start and end.
   *
   * @param detail what came of it, in a few words
   */
  async step<T>(stack: string, step: string, work: () => Promise<T>, detail?: (result: T) => string): Promise<T> {
    this.tell({ event: 'step', stack, step, state: 'started' });
    try {
      const result = await work();
      this.tell({ event: 'step', stack, step, state: 'done', ...(detail ? { detail: detail(result) } : {}) });
      return result;
    } catch (error) {
      this.tell({ event: 'step', stack, step, state: 'failed', detail: (error as Error).message });
      throw error;
    }
  }
}
