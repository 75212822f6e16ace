import { InfraError } from '../../errors.ts';
import { type Doubt } from './orphans.ts';
import { type PlanJson } from './plan-json.ts';
import { type Import } from './unsaved.ts';

/** Plans with these imports. @throws {InfraError} `TERRAFORM_FAILED` where one of them cannot be imported */
export type TrialPlan = (imports: readonly Import[]) => Promise<PlanJson>;

/** Whether the state has something at an address. */
export type Remembers = (address: string) => boolean;

/**
 * Those of some imports whose ids can be said: what they name is remembered, or is imported too. Without a bucket nothing
 * of it is there; and Terraform plans no import whose id is known after the apply.
 */
export function grounded(imports: readonly Import[], remembers: Remembers): readonly Import[] {
  const there = new Set(imports.map(({ to }) => to));
  const left = imports.filter(({ id }) => named(id).every((address) => remembers(address) || there.has(address)));
  return left.length === imports.length ? left : grounded(left, remembers);
}

/** The addresses in the expressions of an id, but for data sources. */
function named(id: string): readonly string[] {
  if (!id.includes('${')) return [];
  return [...id.matchAll(/(?<![\w.-])aws_\w+\.[\w-]+/g)].map(([address]) => address);
}

/**
 * Those of some imports whose object is there: the provider is asked, and what it does not find is left out, with all that
 * hangs on it.
 *
 * @throws {InfraError} `TERRAFORM_FAILED` for any other reason
 */
export async function existing(
  imports: readonly Import[],
  plan: TrialPlan,
  remembers: Remembers,
): Promise<{ readonly imports: readonly Import[]; readonly plan: PlanJson }> {
  let left = grounded(imports, remembers);
  for (;;) {
    try {
      return { imports: left, plan: await plan(left) };
    } catch (error) {
      if (!(error instanceof InfraError)) throw error;
      const missing = notThere(error.message);
      const fewer = left.filter(({ to }) => !missing.has(to));
      if (fewer.length === left.length) throw error;
      left = grounded(fewer, remembers);
    }
  }
}

/**
 * Finds which of some things an address is: the one that Terraform would leave as it is. Each is tried for each.
 *
 * @param sure what is imported beside them
 */
export async function settled(
  doubts: readonly Doubt[],
  sure: readonly Import[],
  plan: TrialPlan,
  remembers: Remembers,
): Promise<readonly Import[]> {
  const found: Import[] = [];
  const rounds = Math.max(0, ...doubts.map(({ ids }) => ids.length));
  for (let round = 0; round < rounds; round += 1) {
    const pairs = doubts.reduce<readonly Import[]>((taken, { to, ids }, at) => {
      const id = ids[(at + round) % ids.length];
      const isOver = found.some((each) => each.to === to) || [...found, ...taken].some((each) => each.id === id);
      return id === undefined || isOver ? taken : [...taken, { to, id }];
    }, []);
    if (pairs.length === 0) continue;
    const trial = await existing([...sure, ...found, ...pairs], plan, remembers);
    const unchanged = new Set(
      trial.plan.resource_changes
        .filter(({ change }) => change.importing !== undefined && change.actions.join() === 'no-op')
        .map(({ address }) => address),
    );
    found.push(...pairs.filter(({ to }) => unchanged.has(to)));
  }
  return found;
}

/** The addresses of which Terraform says that there is nothing to import. */
function notThere(message: string): ReadonlySet<string> {
  const text = message.replaceAll(/[\s│╷╵]+/g, ' ');
  const said = text.matchAll(
    /Cannot import non-existent remote object While attempting to import an existing object to "([^"]+)"/g,
  );
  return new Set([...said].map(([, address = '']) => address));
}
