import { type Body, type EditablePlan, type StackName, stacks, World } from './world.ts';

/** One rule of a listener is a hundredth of its quota; what is beyond has nobody to listen to. */
const MOST_RULES = 60;
/** One of so many copies changes. */
const CHANGES_EVERY = 3;

/** The applied stacks, every resource copied until there are that many, and a third of the copies changed. */
export function largeWorld(resources: number): World {
  const world = new World();
  const models = stacks.flatMap((stack) =>
    world.plans[stack].resource_changes.map(({ address }) => ({ stack, address })),
  );
  let [count, copy] = [models.length, 0];
  while (count < resources) {
    copy++;
    for (const { stack, address } of models) {
      if (count >= resources || !isCopied(address, copy)) continue;
      addCopy(world, stack, address, copy);
      count++;
    }
  }
  return world;
}

function isCopied(address: string, copy: number): boolean {
  if (/^aws_lb(?:_listener)?\./.test(address)) return false;
  return !address.startsWith('aws_lb_listener_rule.') || copy <= MOST_RULES / 2;
}

function addCopy(world: World, stack: StackName, address: string, copy: number): void {
  const name = `${address}_${copy}`;
  world.create(stack, name, address);
  const { change } = world.find(stack, name);
  const before = renamed(change.after ?? {}, address, copy);
  Object.assign(change, { before, after: before, actions: ['no-op'], after_unknown: {} });
  show(world.plans[stack], name, before);
  if (copy % CHANGES_EVERY === 0) world.update(stack, name, (after) => (after['description'] = 'Changed'));
}

/** With an identity, a priority and paths of its own. */
function renamed(values: Body, address: string, copy: number): Body {
  const text = JSON.stringify(values).replaceAll('"/', `"/${copy}`);
  const own = JSON.parse(text) as Body;
  const priority = typeof own['priority'] === 'number' ? { priority: own['priority'] + copy } : {};
  return {
    ...own,
    ...priority,
    id: `${address}-${copy}`,
    arn: `arn:aws:service:eu-west-1:222222222222:${address}-${copy}`,
  };
}

function show(plan: EditablePlan, address: string, values: Body): void {
  const planned = plan.planned_values.root_module.resources ?? [];
  const shown = planned.find((each) => each.address === address);
  if (shown === undefined) throw new Error(`${address} is not planned`);
  shown.values = values;
  plan.prior_state?.values?.root_module.resources?.push({ ...shown, values });
}
