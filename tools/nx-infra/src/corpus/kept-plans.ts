import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { type Assumption } from '../targets/plan/assumption.ts';
import { type StackPlan } from '../targets/plan/plan-stack.ts';
import { redactPlan } from '../targets/plan/redact.ts';

const END = '.json.gz';

/** The plan of a stack as the corpus keeps it. */
export interface KeptPlan {
  /** `terraform show -json`, in which `(sensitive)` stands for what is marked as sensitive. */
  readonly plan: unknown;
  readonly assumptions: readonly Assumption[];
}

export type KeptPlans = Readonly<Record<string, KeptPlan>>;

/** Takes each set of plans as it is made. */
export type Keep = (name: string, plans: KeptPlans) => Promise<void>;

export function kept({ shown, assumptions }: Pick<StackPlan, 'shown' | 'assumptions'>): KeptPlan {
  return { plan: redactPlan(shown), assumptions };
}

export function keptAll(plans: ReadonlyMap<string, StackPlan>): KeptPlans {
  return Object.fromEntries([...plans].map(([stack, plan]) => [stack, kept(plan)]));
}

/** A folder of sets of plans that takes the place of another only as a whole. */
export class Anew implements AsyncDisposable {
  private count = 0;

  private constructor(
    private readonly folder: string,
    private readonly made: string,
  ) {}

  static async of(folder: string): Promise<Anew> {
    await mkdir(folder, { recursive: true });
    return new Anew(folder, await mkdtemp(`${folder}.`));
  }

  /** Without white space, at the best compression: the corpus is part of the repository. */
  readonly keep: Keep = async (name, plans) => {
    await writeFile(join(this.made, `${name}${END}`), gzipSync(JSON.stringify(plans), { level: 9 }));
    this.count += 1;
  };

  /** In place of all that was there. @returns how many sets there are now */
  async replace(): Promise<number> {
    for (const file of await readdir(this.folder)) {
      if (file.endsWith(END)) await rm(join(this.folder, file));
    }
    return this.add();
  }

  /** In place of those of the same names. @returns how many were made */
  async add(): Promise<number> {
    for (const file of await readdir(this.made)) await rename(join(this.made, file), join(this.folder, file));
    return this.count;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.made, { recursive: true, force: true });
  }
}
