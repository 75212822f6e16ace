import { type SynthesizedStack, type SynthesizedStacks } from '../synth/manifest.ts';

/** What came of one stack. */
export type Outcome<T> =
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'failed'; readonly error: unknown }
  /** A stack under it failed or was skipped itself. */
  | { readonly status: 'skipped'; readonly because: string };

/** Outcomes by the names of the stacks, in the order of the stacks. */
export type Outcomes<T> = ReadonlyMap<string, Outcome<T>>;

/** What is done after what it depends on: a stack, mostly. */
export type Schedulable = Pick<SynthesizedStack, 'name' | 'dependencies'>;

/**
 * Does some work for each stack, as soon as it is done for all stacks under it, for so many at a time.
 *
 * A failure stops only what stands on it.
 *
 * @param stacks each after those it depends on; what is not among them counts as done
 * @param limit how many are worked on at once
 * @param work is handed the results of the stacks under this one
 */
export async function schedule<T, S extends Schedulable = SynthesizedStack>(
  stacks: ReadonlyMap<string, S>,
  limit: number,
  work: (stack: S, under: ReadonlyMap<string, T>) => Promise<T>,
): Promise<Outcomes<T>> {
  const places = new Places(limit);
  const pending = new Map<string, Promise<Outcome<T>>>();
  const outcomeOf = async (stack: S): Promise<Outcome<T>> => {
    const under = new Map<string, T>();
    for (const name of stack.dependencies) {
      const outcome = await pending.get(name);
      if (outcome?.status === 'done') under.set(name, outcome.value);
      else if (outcome !== undefined) return { status: 'skipped', because: name };
    }
    return places.hold(async () => {
      try {
        return { status: 'done', value: await work(stack, under) };
      } catch (error) {
        return { status: 'failed', error };
      }
    });
  };
  for (const [name, stack] of stacks) pending.set(name, outcomeOf(stack));
  return new Map(await Promise.all([...pending].map(async ([name, outcome]) => [name, await outcome] as const)));
}

/** The stacks that one stands on, and itself; all of them where none is named. In their order. */
export function standingUnder(stacks: SynthesizedStacks, name: string | undefined): SynthesizedStacks {
  if (name === undefined) return stacks;
  const wanted = new Set([name]);
  // From the top down, as a stack comes after those it depends on.
  for (const stack of [...stacks.values()].reverse()) {
    if (wanted.has(stack.name)) stack.dependencies.forEach((dependency) => wanted.add(dependency));
  }
  return new Map([...stacks].filter(([each]) => wanted.has(each)));
}

/** So many at a time, first come first served. */
class Places {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
