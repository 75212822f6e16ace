import { type Health, nextHealth } from './health-check.ts';
import { type HealthCheckSettings } from './target-group-settings.ts';

/** What is known about a target, in the words of `DescribeTargetHealth`. */
export interface TargetDescription {
  readonly url: string;
  readonly state: Health['state'] | 'draining' | 'unavailable';
  /** Requests and WebSockets that it is busy with. */
  readonly outstanding: number;
}

/** How a target is looked after; asked for at each check, as it may change. */
export interface Supervision {
  readonly settings: HealthCheckSettings;
  /** Whether the target is well; absent when nobody asks. */
  readonly check?: (target: URL) => Promise<boolean>;
}

/** A request's hold on a target. */
export interface TargetLease {
  readonly target: URL;
  /** Is told when the target's time is over; the request is broken off. */
  onCut(cut: () => void): void;
  /** A function alone, as an open WebSocket keeps it. */
  readonly release: () => void;
}

/** A target that is registered: its health, and who is with it. */
export class RegisteredTarget {
  readonly url: URL;
  readonly #cuts = new Set<() => void>();
  #health: Health = { state: 'initial', against: 0 };
  #timer: NodeJS.Timeout | undefined;
  #outstanding = 0;
  #draining: { readonly done: () => void; readonly timer: NodeJS.Timeout } | undefined;
  #closed = false;
  #checked = true;

  constructor(url: URL, supervision: () => Supervision) {
    this.url = url;
    void this.#watch(supervision);
  }

  get description(): TargetDescription {
    return { url: this.url.origin, state: this.#state, outstanding: this.#outstanding };
  }

  get #state(): TargetDescription['state'] {
    if (this.#draining !== undefined) return 'draining';
    return this.#checked ? this.#health.state : 'unavailable';
  }

  lease(): TargetLease {
    this.#outstanding++;
    let cut: (() => void) | undefined;
    let released = false;
    return {
      target: this.url,
      onCut: (callback) => {
        cut = callback;
        this.#cuts.add(callback);
      },
      release: () => {
        if (released) return;
        released = true;
        if (cut !== undefined) this.#cuts.delete(cut);
        this.#outstanding--;
        if (this.#outstanding === 0) this.#draining?.done();
      },
    };
  }

  /** Resolves when nobody is with the target any more, or the delay is over and all are cut off. */
  drain(delaySeconds: number): Promise<void> {
    this.#stop();
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        for (const cut of this.#cuts) cut();
        finish();
      }, delaySeconds * 1000);
      timer.unref();
      this.#draining = { done: finish, timer };
      if (this.#outstanding === 0) finish();
    });
  }

  close(): void {
    this.#stop();
    clearTimeout(this.#draining?.timer);
    this.#draining?.done();
  }

  #stop(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #watch(supervision: () => Supervision): Promise<void> {
    const { check } = supervision();
    this.#checked = check !== undefined;
    const passed = await check?.(this.url);
    if (this.#closed) return;
    const { settings } = supervision();
    if (passed !== undefined) this.#health = nextHealth(this.#health, passed, settings);
    this.#timer = setTimeout(() => void this.#watch(supervision), settings.intervalSeconds * 1000);
    this.#timer.unref();
  }
}
