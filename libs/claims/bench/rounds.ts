/** Something that is measured side by side with others. */
export interface Contender {
  readonly name: string;
  /** What it was given, where that is not what the others were given. */
  readonly note?: string;
  /** Makes what it needs for so many operations, untimed. @returns the operations, which are timed */
  readonly prepare: (times: number) => Work;
  /** Does what is done once only, such as filling a cache. */
  readonly warmUp?: () => Promise<void>;
}

export type Work = () => void | Promise<void>;

export interface Effort {
  readonly rounds: number;
  /** How long a contender works in a round, about. */
  readonly sliceMs: number;
}

/** Operations a second, one figure a round; the rounds of all contenders were run in turn. */
export type Rates = ReadonlyMap<string, readonly number[]>;

/** A contender whose operation is a synchronous call. */
export function repeated(name: string, operation: () => unknown, note?: string): Contender {
  const prepare = (times: number) => (): void => {
    for (let done = 0; done < times; done++) operation();
  };
  return { name, prepare, ...(note !== undefined && { note }) };
}

/** A contender whose operation is a promise; one at a time. */
export function awaited(name: string, operation: () => Promise<unknown>, note?: string): Contender {
  const prepare = (times: number) => async (): Promise<void> => {
    for (let done = 0; done < times; done++) await operation();
  };
  return { name, prepare, ...(note !== undefined && { note }) };
}

/**
 * Measures contenders in interleaved rounds, each round in another order: what else the machine does meanwhile, and
 * what heats it up, befalls all alike. Ratios are therefore to be taken within a round.
 */
export async function measure(contenders: readonly Contender[], { rounds, sliceMs }: Effort): Promise<Rates> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const times = new Map<string, number>();
  for (const contender of contenders) {
    await contender.warmUp?.();
    times.set(contender.name, await timesWithin(contender, sliceMs));
  }
  for (let round = 0; round < rounds; round++) {
    const first = round % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const count = times.get(contender.name) ?? 1;
      rates.get(contender.name)?.push((count / (await duration(contender, count))) * 1000);
    }
  }
  return rates;
}

/** How often a contender does its work in a slice. */
async function timesWithin(contender: Contender, sliceMs: number): Promise<number> {
  for (let times = 8; ; times *= 2) {
    const took = await duration(contender, times);
    if (took >= sliceMs / 2) return Math.max(1, Math.round((times * sliceMs) / took));
  }
}

async function duration({ prepare }: Contender, times: number): Promise<number> {
  const work = prepare(times);
  const start = performance.now();
  // Not awaited where it is not a promise: a tick is long beside one operation.
  const result = work();
  if (result !== undefined) await result;
  return performance.now() - start;
}
