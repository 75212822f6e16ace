import { InfraError } from '../../errors.ts';
import { Progress } from '../../progress/progress.ts';
import { type StackPlan, planStack } from '../plan/plan-stack.ts';
import { describeChanges } from '../plan/changes.ts';
import { openSession, type Session, type SessionOptions } from '../session.ts';
import { type TargetContext } from '../target.ts';

/** A stack to plan again, and the image that it runs. */
export interface Replan {
  readonly stack: string;
  /** `sha256:…`; undefined for a stack that runs none. */
  readonly imageDigest: string | undefined;
}

/**
 * Plans each stack a second time when it is applied, as another person would from a copy of their own, while those that
 * stand on it are still being applied. Dispose of it when done.
 */
export class Replans implements AsyncDisposable {
  private readonly plans = new Map<string, StackPlan>();
  /** One after another: what is applied meanwhile needs the processors too. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly session: Session,
    private readonly context: TargetContext,
  ) {}

  static async open(options: SessionOptions, context: TargetContext): Promise<Replans> {
    return new Replans(await openSession(options, context), context);
  }

  /** Plans a stack, after those that were given before it. */
  plan({ stack, imageDigest }: Replan): void {
    this.last = this.last.then(() => this.planned(stack, imageDigest));
    // Whoever asks for the plans is told.
    this.last.catch(() => undefined);
  }

  /**
   * The plans of all stacks.
   *
   * @throws {InfraError} `REHEARSAL_FAILED` where one was never said to be applied; what planning throws
   */
  async done(): Promise<Readonly<Record<string, StackPlan>>> {
    await this.last;
    const missing = [...this.session.stacks.keys()].filter((name) => !this.plans.has(name));
    if (missing.length === 0) return Object.fromEntries(this.plans);
    throw new InfraError(
      'REHEARSAL_FAILED',
      `Never said to be applied, and so not planned again: ${missing.join(', ')}.`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.last.catch(() => undefined);
    await this.session[Symbol.asyncDispose]();
  }

  private async planned(name: string, imageDigest: string | undefined): Promise<void> {
    const { stacks, folders, open } = this.session;
    const { progress, signal } = this.context;
    const stack = stacks.get(name);
    if (stack === undefined || signal.aborted) return;
    const { terraform, startProvider } = open;
    const planning = { terraform, startProvider, folders, progress: silent(), imageDigest };
    const plan = await progress.step(
      name,
      'plan again',
      () => planStack(stack, new Map(), planning),
      ({ changes }) => describeChanges(changes),
    );
    this.plans.set(name, plan);
  }
}

function silent(): Progress {
  return new Progress({ json: false, write: () => undefined, now: () => 0 });
}
