import { InfraError } from '../../errors.ts';
import { type Diagnostic, type Terraform } from '../../runner/terraform.ts';
import { type Folders, prepare } from '../folder.ts';
import { schedule } from '../schedule.ts';
import { independent, openSession, type SessionOptions } from '../session.ts';
import { type TargetContext, type TargetResult } from '../target.ts';

/** Terraform and a provider a stack: more at a time is slower on two cores, and takes 0.3 GB each. */
const AT_A_TIME = 2;

/** `infra:validate`: Terraform and the provider find nothing wrong with the JSON. Needs no credentials. */
export async function validate(options: SessionOptions, context: TargetContext): Promise<TargetResult> {
  await using session = await openSession(options, context);
  const { folders, open } = session;
  const { progress } = context;
  const outcomes = await schedule(independent(session.stacks, options.stack), AT_A_TIME, ({ name }) =>
    progress.step(name, 'validate', () => validateStack(name, folders, open.terraform), describeWarnings),
  );
  const failed = [...outcomes].filter(([, { status }]) => status !== 'done').map(([name]) => name);
  if (failed.length > 0) {
    throw new InfraError('STACKS_FAILED', `Not valid: ${failed.join(', ')}. Nothing of them could be planned.`);
  }
  const names = [...outcomes.keys()];
  return { message: `Valid for ${options.env}: ${names.join(', ')}.`, data: { stacks: names } };
}

/** @returns the warnings */
async function validateStack(name: string, folders: Folders, terraform: Terraform): Promise<readonly Diagnostic[]> {
  const folder = folders.work('validate', name);
  const lockFile = await prepare(folder, { file: folders.synthesized(name) }, folders.lockFile);
  await terraform.init(folder, { backend: false, lockFile });
  const diagnostics = await terraform.validate(folder);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new InfraError('TERRAFORM_FAILED', errors.map(line).join('\n'));
  return diagnostics;
}

function describeWarnings(warnings: readonly Diagnostic[]): string {
  return warnings.length === 0 ? 'no warnings' : warnings.map(line).join('\n');
}

function line({ severity, summary, detail, snippet }: Diagnostic): string {
  const at = snippet?.context ? ` (${snippet.context})` : '';
  return `${severity}: ${summary}${at}${detail === '' ? '' : `: ${detail}`}`;
}
