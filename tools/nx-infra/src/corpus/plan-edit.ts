import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { type OpenTerraform } from '../runner/open.ts';
import { type SynthesizedStack, type SynthesizedStacks } from '../synth/manifest.ts';
import { type Folders } from '../targets/folder.ts';
import { assumedOfOthers } from '../targets/plan/assumption.ts';
import { planStack, type StackPlan } from '../targets/plan/plan-stack.ts';
import { usedOutputs } from '../targets/plan/remote-state.ts';
import { planVariables } from '../targets/plan/variables.ts';
import { type Progress } from '../progress/progress.ts';
import { type Edit } from './edit.ts';
import { House, type Json } from './house.ts';
import { kept, type KeptPlan, type KeptPlans } from './kept-plans.ts';

const OUT = 'further.tfplan';

/** With what edits are planned, one at a time. */
export interface Planner {
  readonly open: OpenTerraform;
  readonly stacks: SynthesizedStacks;
  /** The plans of the stacks as they are applied. */
  readonly applied: ReadonlyMap<string, StackPlan>;
  /** Of this planner alone. */
  readonly folders: Folders;
  readonly progress: Progress;
  /** Of the image that runs. */
  readonly imageDigest: string;
}

/** The plans that an edit changes: of the stacks that it edits, and of those that use what it changes of these. */
export async function planEdit(edit: Edit, planner: Planner): Promise<KeptPlans> {
  const house = new House(new Map([...planner.stacks].map(([name, { terraform }]) => [name, terraform])));
  for (const step of edit.steps) step(house);
  const made = new Map<string, KeptPlan>();
  const under = new Map(planner.applied);
  for (const [name, stack] of planner.stacks) {
    const json = house.json(name);
    const isEdited = JSON.stringify(json) !== JSON.stringify(stack.terraform) || (edit.also ?? []).includes(name);
    const stands = assumedOfOthers(usedOutputs(json), under).length > 0;
    if (!isEdited && (!stands || edit.mode === 'destroy')) continue;
    await write(planner.folders.synthesized(name), json);
    const edited: SynthesizedStack = { ...stack, terraform: json as SynthesizedStack['terraform'] };
    const planning = { ...planner, ...planner.open, imageDigest: edit.imageDigest ?? planner.imageDigest };
    if (edit.mode === 'failing') {
      await planStack(edited, under, planning).then(
        () => Promise.reject(new Error('Nothing failed.')),
        () => undefined,
      );
      made.set(name, await planFurther(edited, planner, 'failing'));
      continue;
    }
    const planned = await planStack(edited, under, planning);
    under.set(name, planned);
    made.set(name, edit.mode === 'destroy' ? await planFurther(edited, planner, 'destroy') : kept(planned));
  }
  return Object.fromEntries(made);
}

/** Where the stack was planned already, so that all is initialized. What could be planned of what fails is a plan too. */
async function planFurther(
  { name, terraform: json }: SynthesizedStack,
  { folders, open, imageDigest }: Planner,
  mode: 'destroy' | 'failing',
): Promise<KeptPlan> {
  const work = folders.work('plan', name);
  await using provider = await open.startProvider(work, 'often');
  const terraform = open.terraform.sharing(provider);
  const { values: variables } = planVariables(json, imageDigest);
  const planned = terraform.plan(work, { out: OUT, variables, mode: mode === 'destroy' ? 'destroy' : 'change' });
  await (mode === 'failing' ? planned.catch(() => undefined) : planned);
  return kept({ shown: await terraform.show(work, OUT), assumptions: [] });
}

/** Blocks of which there is none are left out: Terraform takes an empty object for a block without a label. */
async function write(file: string, json: Json): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const blocks = Object.entries(json).filter(([, block]) => JSON.stringify(block) !== '{}');
  // In lines, as Terraform quotes the line that it complains of.
  await writeFile(file, JSON.stringify(Object.fromEntries(blocks), null, 2));
}
