import { homedir } from 'node:os';

import { InfraError } from '../../errors.ts';
import { command } from '../../runner/command.ts';
import { openTerraform, type OpenTerraform } from '../../runner/open.ts';
import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { Syntheses } from '../../synth/syntheses.ts';
import { awsProvider, requiredProviders } from '../../terraform/provider.ts';
import { Folders, prepare } from '../folder.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { type Finding } from '../../progress/finding.ts';
import { certificateFinding, dockerFinding, lockFinding, nodeFinding } from './machine.ts';
import { readNeeds } from './needs.ts';
import { probe, readProbe } from './probe.ts';
import { quotasOf } from './quotas.ts';

export interface DoctorOptions {
  /** The workspace. */
  readonly root: string;
  /** One of `stacks/environments`. */
  readonly env: string;
}

/**
 * `infra:doctor`: looks whether this machine and the account have what the environment needs. Changes nothing.
 *
 * @throws {InfraError} `NOT_READY`, after every finding was told
 */
export async function doctor({ root, env }: DoctorOptions, context: TargetContext): Promise<TargetResult> {
  const { progress, signal, syntheses = new Syntheses() } = context;
  const { stacks } = await progress.step(env, 'synth', () => syntheses.of({ root, environment: env }));
  const folders = new Folders(root, env);
  const findings: Finding[] = [];
  const tell = (...found: readonly Finding[]): void => {
    for (const finding of found) {
      findings.push(finding);
      progress.tell({ event: 'finding', ...finding });
    }
  };
  tell(nodeFinding(process.version), lockFinding(folders.lockFile));
  tell(await dockerFinding(command('docker', { env: process.env, signal }), homedir()));
  const certificate = certificateFinding(readNeeds(stacks));
  if (certificate) tell(certificate);
  tell(...(await withTerraform(stacks, folders, signal)));

  const failed = findings.filter(({ state }) => state === 'failed').map(({ check }) => check);
  if (failed.length > 0) {
    throw new InfraError('NOT_READY', `Not ready for ${env}: ${failed.join(', ')}. How to mend each is above.`);
  }
  return { message: `Ready for ${env}.`, data: { findings } };
}

async function withTerraform(
  stacks: SynthesizedStacks,
  folders: Folders,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  try {
    await using open = await openTerraform({ provider: awsProvider(stacks), env: process.env, signal });
    const from = open.mirror === undefined ? '' : ` Its provider comes from the mirror ${open.mirror}.`;
    const found: Finding = { check: 'Terraform', state: 'ok', message: `${open.version}.${from}` };
    return [found, ...(await inAws(stacks, folders, open))];
  } catch (error) {
    if (!(error instanceof InfraError) || error.code === 'INTERRUPTED') throw error;
    return [{ check: 'Terraform', state: 'failed', message: error.message }];
  }
}

async function inAws(
  stacks: SynthesizedStacks,
  folders: Folders,
  { terraform, startProvider }: OpenTerraform,
): Promise<readonly Finding[]> {
  const needs = readNeeds(stacks);
  const quotas = quotasOf(stacks);
  const folder = folders.work('doctor', 'probe');
  const lockFile = await prepare(folder, { json: probe(needs, quotas, requiredProviders(stacks)) }, folders.lockFile);
  try {
    await terraform.init(folder, { backend: true, lockFile });
  } catch (error) {
    return [failure('provider', error, 'Reach registry.terraform.io, or put a mirror of the provider under /opt.')];
  }
  try {
    await using provider = await startProvider(folder);
    const sharing = terraform.sharing(provider);
    await sharing.plan(folder, { out: 'probe.tfplan', variables: {} });
    return readProbe(needs, quotas, await sharing.show(folder, 'probe.tfplan'));
  } catch (error) {
    return [failure('AWS account', error, 'Sign in (aws sso login, AWS_PROFILE), and look again.')];
  }
}

function failure(check: string, error: unknown, mend: string): Finding {
  if (!(error instanceof InfraError) || error.code === 'INTERRUPTED') throw error;
  const said = error.message.match(/Error: .*/g)?.join(' ') ?? error.message;
  return { check, state: 'failed', message: said, mend };
}
