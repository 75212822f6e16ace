import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { InfraError } from '../../errors.ts';
import { type Progress } from '../../progress/progress.ts';
import { stillKept } from '../../runner/keep.ts';
import { type OpenTerraform } from '../../runner/open.ts';
import { type Terraform } from '../../runner/terraform.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { type Folders, prepare } from '../folder.ts';
import { planVariables } from '../plan/variables.ts';
import { outline } from '../state.ts';
import { findOrphans, stackTags } from './find-orphans.ts';
import { iamAccount } from './iam-account.ts';
import { type Entry } from './journal.ts';
import { keepJournal, keptJournal, outputOf } from './kept-journal.ts';
import { type Orphans } from './orphans.ts';
import { readPlan } from './plan-json.ts';
import { existing, grounded, type Remembers, settled, type TrialPlan } from './trial.ts';
import { halfMade, type Import, type Unsaved, unsaved } from './unsaved.ts';

/** Terraform writes the state here when it cannot be saved where it belongs. */
const UNSAVED_STATE = 'errored.tfstate';
const TRIAL = { imports: 'trial.tf.json', plan: 'trial.tfplan' } as const;

export interface Recovering {
  readonly open: OpenTerraform;
  readonly folders: Folders;
  readonly progress: Progress;
  readonly imageDigest: string | undefined;
  /** The workspace. */
  readonly root: string;
}

/** What a killed apply left to the next plan. */
export interface Recovered {
  /** An apply did not come to its end: its lock may be left. */
  readonly wasKilled: boolean;
  /** What exists and is not in the state. */
  readonly imports: readonly Import[];
  /** The addresses among these of what is made anew, as it may be there by half. */
  readonly replace: readonly string[];
}

/**
 * Finds what a killed apply of a stack made and did not save.
 *
 * Terraform saves a remote state every 20 seconds at most often (TF_STATE_PERSIST_INTERVAL cannot be less: tried with
 * 1.11), so that a kill loses the memory of what was made since. What an apply notes as it goes is compared with the
 * state here.
 *
 * @throws {InfraError} `STATE_LOCKED` where the earlier apply still runs; `RECOVERY_NEEDED` where a person has to look
 */
export async function recover(stack: SynthesizedStack, recovering: Recovering): Promise<Recovered> {
  const { open, folders, progress, root } = recovering;
  const { name } = stack;
  const folder = folders.applied(name);
  const pid = stillKept(outputOf(folder));
  if (pid !== undefined) {
    throw new InfraError(
      'STATE_LOCKED',
      `An earlier apply of ${name} is still at work (process ${pid}). Wait until it has ended, and deploy again.`,
    );
  }
  requireSavedState(name, folders.work('plan', name), root);
  const wasKilled = existsSync(folder);
  const journal = await keptJournal(folder);
  if (journal.length === 0) return { wasKilled, imports: [], replace: [] };
  const imports = await progress.step(
    name,
    'recover',
    async () => {
      await keepJournal(folder, journal);
      const work = folders.work('plan', name);
      const lockFile = await prepare(work, { file: folders.synthesized(name) }, folders.lockFile);
      await open.terraform.init(work, { backend: true, lockFile });
      const state = outline(await open.terraform.state(work));
      const ids = state?.ids ?? new Map<string, string>();
      const found = unsaved(journal, ids, (address) => bodyOf(stack, address), iamAccount(stack));
      requireNoConflict(name, found, relative(root, work));
      const noted = [...ids, ...journal.map(({ address, id }) => [address, id] as const)];
      const known = new Map(noted.filter((each): each is [string, string] => each[1] !== undefined));
      const orphans = await findOrphans(stack, found.unknown, known, recovering);
      const imports = await importable(found, orphans, (address) => ids.has(address), stack, work, recovering);
      const lost = found.unknown.filter(({ address }) => !imports.some(({ to }) => to === address));
      if (lost.length > 0) progress.note(lookForIt(stack, lost));
      return imports;
    },
    (imports) => (imports.length === 0 ? 'nothing is missing' : `to import: ${imports.map(({ to }) => to).join(', ')}`),
  );
  return { wasKilled, imports, replace: halfMade(journal, imports) };
}

function bodyOf({ terraform }: SynthesizedStack, address: string): Readonly<Record<string, unknown>> | undefined {
  const [type = '', name = ''] = address.split('.');
  return terraform.resource[type]?.[name];
}

function requireSavedState(stack: string, work: string, root: string): void {
  if (!existsSync(join(work, UNSAVED_STATE))) return;
  const folder = relative(root, work);
  throw new InfraError(
    'RECOVERY_NEEDED',
    `An earlier apply of ${stack} could not save its state, and left it in ${folder}/${UNSAVED_STATE}: without it, what ` +
      `was made is made a second time. Save it, then remove the file, and deploy again:\n` +
      `  terraform -chdir=${folder} state push ${UNSAVED_STATE}\n  rm ${folder}/${UNSAVED_STATE}`,
  );
}

function requireNoConflict(stack: string, { conflicts }: Unsaved, folder: string): void {
  if (conflicts.length === 0) return;
  const lines = conflicts.flatMap(({ address, id, remembered }) => [
    `  ${address}: made as ${id}; the state remembers ${remembered}`,
    `    terraform -chdir=${folder} state rm '${address}'`,
  ]);
  throw new InfraError(
    'RECOVERY_NEEDED',
    [
      `A killed apply of ${stack} replaced what its state still remembers:`,
      ...lines,
      'Look whether the remembered one is gone (delete it if not), run the commands above, and deploy again: the new one is imported then.',
    ].join('\n'),
  );
}

/** What is there, and can be one thing alone. */
async function importable(
  { made, perhaps }: Unsaved,
  { imports, doubts }: Orphans,
  remembers: Remembers,
  stack: SynthesizedStack,
  work: string,
  recovering: Recovering,
): Promise<readonly Import[]> {
  // Also what was made: somebody may have deleted it since.
  const likely = [...made, ...imports, ...perhaps];
  if (likely.length === 0 && doubts.length === 0) return [];
  // Started once for all trials, as far as it bears several.
  await using provider = await recovering.open.startProvider(work, 'often');
  const plan = trialOf(stack, work, recovering.open.terraform.sharing(provider), recovering);
  const first = grounded(likely, remembers);
  const sure = first.length === 0 ? [] : (await existing(first, plan, remembers)).imports;
  const found = [...sure, ...(await settled(doubts, sure, plan, remembers))];
  // What hangs on a thing that had to be found first: the groups of a pool.
  const rest = grounded([...found, ...likely.filter((each) => !first.includes(each))], remembers);
  return rest.length === found.length ? found : (await existing(rest, plan, remembers)).imports;
}

/** Plans the stack with some imports, to see what becomes of them, and keeps nothing of it. */
function trialOf(
  stack: SynthesizedStack,
  work: string,
  terraform: Terraform,
  { imageDigest }: Pick<Recovering, 'imageDigest'>,
): TrialPlan {
  return async (imports) => {
    const file = join(work, TRIAL.imports);
    await writeFile(file, JSON.stringify({ import: imports }));
    try {
      const { values } = planVariables(stack.terraform, imageDigest);
      await terraform.plan(work, { out: TRIAL.plan, variables: values });
      return readPlan(await terraform.show(work, TRIAL.plan));
    } finally {
      await Promise.all([file, join(work, TRIAL.plan)].map((each) => rm(each, { force: true })));
    }
  };
}

function lookForIt(stack: SynthesizedStack, entries: readonly Entry[]): string {
  const filters = Object.entries(stackTags(stack) ?? {}).map(([key, value]) => `Key=${key},Values=${value}`);
  return [
    `Of ${stack.name}, these were being made when the apply was killed, and may exist beside what is made now:`,
    ...entries.map(({ address, id }) => `  ${address}${id === undefined ? '' : ` (${id})`}`),
    ...(filters.length === 0
      ? []
      : [`Look for them: aws resourcegroupstaggingapi get-resources --tag-filters ${filters.join(' ')}`]),
  ].join('\n');
}
