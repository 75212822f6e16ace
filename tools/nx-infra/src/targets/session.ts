import { InfraError } from '../errors.ts';
import { openTerraform, type OpenTerraform } from '../runner/open.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { Syntheses } from '../synth/syntheses.ts';
import { awsProvider } from '../terraform/provider.ts';
import { Folders } from './folder.ts';
import { standingUnder } from './schedule.ts';
import { type TargetContext } from './target.ts';

/** The options that every target of Terraform's has. */
export interface SessionOptions {
  /** The workspace. */
  readonly root: string;
  /** One of `stacks/environments`. */
  readonly env: string;
  /** @default all */
  readonly stack?: string;
}

/** Synthesized stacks, and a Terraform to work on them. */
export interface Session extends AsyncDisposable {
  /** The stack that was named and those under it, or all. */
  readonly stacks: SynthesizedStacks;
  readonly folders: Folders;
  readonly open: OpenTerraform;
}

/**
 * Synthesizes, and finds Terraform. Says so if the provider comes from a mirror. Dispose of it when done.
 *
 * @throws {InfraError} `OPTION_INVALID` for a stack that there is not, and what synthesizing and finding throw
 */
export async function openSession(
  { root, env, stack }: SessionOptions,
  { progress, signal, providers, initialized, syntheses = new Syntheses() }: TargetContext,
): Promise<Session> {
  const { stacks: all } = await progress.step(env, 'synth', () => syntheses.of({ root, environment: env }));
  if (stack !== undefined && !all.has(stack)) {
    throw new InfraError(
      'OPTION_INVALID',
      `There is no stack ${stack}: --stack is one of ${[...all.keys()].join(', ')}.`,
    );
  }
  const open = await openTerraform({
    provider: awsProvider(all),
    env: process.env,
    signal,
    ...(providers && { providers }),
    ...(initialized && { initialized }),
  });
  if (open.mirror !== undefined) progress.note(`Terraform's provider is taken from the mirror ${open.mirror}.`);
  return {
    stacks: standingUnder(all, stack),
    folders: new Folders(root, env),
    open,
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

/** The stack that is named, or all, for work on one that takes nothing of another. */
export function independent(stacks: SynthesizedStacks, name: string | undefined): SynthesizedStacks {
  return new Map(
    [...stacks]
      .filter(([each]) => name === undefined || each === name)
      .map(([each, stack]) => [each, { ...stack, dependencies: [] }]),
  );
}
