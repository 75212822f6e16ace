import { InfraError } from '../../errors.ts';
import { type Doubt } from './orphans.ts';
import { type PlanJson } from './plan-json.ts';
import { type Import } from './unsaved.ts';

/** Plans with these imports. @throws {InfraError} `TERRAFORM_FAILED` where one of them cannot be imported */
export type TrialPlan = (imports: readonly Import[]) => Promise<PlanJson>;

/**
 * Those of some imports whose object is there: the provider is asked, and what it does not find is left out.
 *
 * @throws {InfraError} `TERRAFORM_FAILED` for any other reason
 */
export async function existing(
  imports: readonly Import[],
  plan: TrialPlan,
): Promise<{ readonly imports: readonly Import[]; readonly plan: PlanJson }> {
  let left = imports;
  for (;;) {
    try {
      return { imports: left, plan: await plan(left) };
    } catch (error) {
      if (!(error instanceof InfraError)) throw error;
      const missing = notThere(error.message);
      const fewer = left.filter(({ to }) => !missing.has(to));
      if (fewer.length === left.length) throw error;
      left = fewer;
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
    const trial = await existing([...sure, ...found, ...pairs], plan);
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
