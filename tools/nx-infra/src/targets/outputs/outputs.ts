import { InfraError } from '../../errors.ts';
import { type AppliedOutputs, type Terraform } from '../../runner/terraform.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { type Folders, prepare } from '../folder.ts';
import { isNoBucket } from '../no-bucket.ts';
import { schedule } from '../schedule.ts';
import { independent, openSession, type SessionOptions } from '../session.ts';
import { type TargetContext, type TargetResult } from '../target.ts';

/** Reading a state starts no provider, and mostly waits. */
const AT_A_TIME = 4;
const SENSITIVE = '(sensitive)';

/** The outputs of a stack by name; undefined where nothing was applied. */
export type Outputs = Readonly<Record<string, unknown>> | undefined;

/** `infra:outputs`: what the applied stacks hand on. A sensitive value is never shown. */
export async function outputs(options: SessionOptions, context: TargetContext): Promise<TargetResult> {
  await using session = await openSession(options, context);
  const { folders, open } = session;
  const outcomes = await schedule(independent(session.stacks, options.stack), AT_A_TIME, (stack) =>
    context.progress.step(stack.name, 'read', () => readOutputs(stack, folders, open.terraform)),
  );
  const found = new Map<string, Outputs>();
  for (const [name, outcome] of outcomes) if (outcome.status === 'done') found.set(name, outcome.value);
  const unread = [...outcomes.keys()].filter((name) => !found.has(name));
  if (unread.length > 0) {
    throw new InfraError('STACKS_FAILED', `The states of these could not be read: ${unread.join(', ')}.`);
  }
  return {
    message: [...found].map(([name, values]) => lines(name, values)).join('\n'),
    data: Object.fromEntries([...found].map(([name, values]) => [name, values ?? null])),
  };
}

/** What one applied stack hands on. */
export async function readOutputs(stack: SynthesizedStack, folders: Folders, terraform: Terraform): Promise<Outputs> {
  const folder = folders.work('outputs', stack.name);
  // The backend alone: no provider has to be installed to read a state.
  const { backend } = stack.terraform['terraform'] as { readonly backend: unknown };
  await prepare(folder, { json: { terraform: { backend } } }, undefined);
  try {
    await terraform.init(folder, { backend: true, lockFile: false });
    return shown(await terraform.outputs(folder));
  } catch (error) {
    if (isNoBucket(error)) return undefined;
    throw error;
  }
}

function shown(applied: AppliedOutputs): Outputs {
  const entries = Object.entries(applied);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, { sensitive, value }]) => [name, sensitive ? SENSITIVE : value]));
}

function lines(name: string, values: Outputs): string {
  if (values === undefined) return `${name}: not applied`;
  return [`${name}:`, ...Object.entries(values).map(([output, value]) => `  ${output} = ${inWords(value)}`)].join('\n');
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
