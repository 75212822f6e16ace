import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { InfraError } from '../../errors.ts';
import { type Progress } from '../../progress/progress.ts';
import { stillKept } from '../../runner/keep.ts';
import { type OpenTerraform } from '../../runner/open.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { type Folders, prepare } from '../folder.ts';
import { planVariables } from '../plan/variables.ts';
import { outline } from '../state.ts';
import { findOrphans, stackTags } from './find-orphans.ts';
import { type Entry } from './journal.ts';
import { forgetJournal, keepJournal, keptJournal, outputOf } from './kept-journal.ts';
import { type Import, type Unsaved, unsaved } from './unsaved.ts';

/** Terraform writes the state here when it cannot be saved where it belongs. */
const UNSAVED_STATE = 'errored.tfstate';
const NOT_THERE = /Cannot import non-existent remote object/;

export interface Recovering {
  readonly open: OpenTerraform;
  readonly folders: Folders;
  readonly progress: Progress;
  readonly imageDigest: string | undefined;
  /** The workspace. */
  readonly root: string;
}

/**
 * Finds what a killed apply of a stack made and did not save.
 *
 * Terraform saves a remote state every 20 seconds at most often (TF_STATE_PERSIST_INTERVAL cannot be less: tried with
 * 1.11), so that a kill loses the memory of what was made since. What an apply notes as it goes is compared with the
 * state here.
 *
 * @returns what the next plan imports
 * @throws {InfraError} `STATE_LOCKED` where the earlier apply still runs; `RECOVERY_NEEDED` where a person has to look
 */
export async function recover(stack: SynthesizedStack, recovering: Recovering): Promise<readonly Import[]> {
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
  const journal = await keptJournal(folder);
  if (journal.length === 0) return [];
  return progress.step(
    name,
    'recover',
    async () => {
      await keepJournal(folder, journal);
      const work = folders.work('plan', name);
      const lockFile = await prepare(work, { file: folders.synthesized(name) }, folders.lockFile);
      await open.terraform.init(work, { backend: true, lockFile });
      const state = outline(await open.terraform.state(work));
      const found = unsaved(journal, state?.ids ?? new Map<string, string>(), (address) => bodyOf(stack, address));
      requireNoConflict(name, found, relative(root, work));
      const perhaps = await existing(stack, found.perhaps, work, recovering);
      const ids = [...(state?.ids.values() ?? []), ...journal.map(({ id }) => id)];
      const known = new Set(ids.filter((id) => id !== undefined));
      const orphans = found.unknown.length === 0 ? [] : await findOrphans(stack, found.unknown, known, recovering);
      const lost = found.unknown.filter(({ address }) => !orphans.some(({ to }) => to === address));
      if (lost.length > 0) progress.note(lookForIt(stack, lost));
      const imports = [...found.made, ...perhaps, ...orphans];
      if (imports.length === 0 && lost.length === 0) await forgetJournal(folder);
      return imports;
    },
    (imports) => (imports.length === 0 ? 'nothing is missing' : `to import: ${imports.map(({ to }) => to).join(', ')}`),
  );
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

/** Those of the candidates that exist: the provider is asked, and what it does not find is left out. */
async function existing(
  stack: SynthesizedStack,
  candidates: readonly Import[],
  work: string,
  { open, imageDigest }: Recovering,
): Promise<readonly Import[]> {
  const found: Import[] = [];
  // One at a time: an import that fails fails the plan, and these are the few that were under way.
  for (const candidate of candidates) {
    const file = join(work, 'candidate.tf.json');
    await writeFile(file, JSON.stringify({ import: [candidate] }));
    try {
      const { values } = planVariables(stack.terraform, imageDigest);
      await open.terraform.plan(work, { out: 'candidate.tfplan', variables: values, target: candidate.to });
      found.push(candidate);
    } catch (error) {
      if (!(error instanceof InfraError) || !NOT_THERE.test(error.message.replaceAll(/\s+/g, ' '))) throw error;
    } finally {
      await Promise.all([file, join(work, 'candidate.tfplan')].map((each) => rm(each, { force: true })));
    }
  }
  return found;
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
