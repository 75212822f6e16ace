import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

import { InfraError } from '../errors.ts';
import { readPlanFile } from '../targets/deploy/plan-json.ts';
import { type TargetResult } from '../targets/target.ts';
import { type Files, opened, readEnvelope, sealed } from './envelope.ts';
import { type PlansKey } from './plans-key.ts';

const PLAN = 'plan.json';

export interface SealOptions {
  readonly root: string;
  readonly env: string;
  /** The folder of a review, and the file that it goes into or comes from; both relative to the workspace. */
  readonly plans: string;
  readonly sealed: string;
}

/**
 * `infra:seal`: encrypts the folder of a review into one file, which may lie where everybody can fetch it.
 *
 * @throws {InfraError} `FILE_MISSING` where there is no review; `AWS_FAILED`
 */
export async function seal(
  options: SealOptions,
  key: PlansKey,
): Promise<TargetResult & { data: { changes: boolean } }> {
  const folder = resolve(options.root, options.plans);
  const files = await filesOf(folder);
  if (!('manifest.json' in files)) {
    throw new InfraError('FILE_MISSING', `${options.plans} has no manifest.json: nx run infra:review writes it.`);
  }
  const plans = Object.keys(files).filter((name) => name.endsWith(`/${PLAN}`));
  const read = await Promise.all(plans.map((name) => readPlanFile(join(folder, name))));
  const changes = read.some(({ applyable }) => applyable);
  await writeFile(resolve(options.root, options.sealed), sealed(options.env, files, await key.make()), { mode: 0o600 });
  return {
    message: `Sealed ${options.plans} into ${options.sealed}; ${changes ? 'there is something to apply' : 'nothing would change'}.`,
    data: { changes },
  };
}

/**
 * `infra:open`: the other way round.
 *
 * @throws {InfraError} `PLANS_REFUSED` where the file is not what was sealed for the environment; `AWS_FAILED`
 */
export async function open(options: SealOptions, key: PlansKey): Promise<TargetResult> {
  const text = await readFile(resolve(options.root, options.sealed), 'utf8').catch(() => '');
  const kept = attempt(options, () => readEnvelope(text));
  if (kept.environment !== options.env) {
    throw new InfraError(
      'PLANS_REFUSED',
      `${options.sealed} has plans of ${kept.environment}, not of ${options.env}. Review again: nx run infra:review.`,
    );
  }
  const plain = await key.open(kept.key);
  const files = attempt(options, () => opened(text, plain));
  const folder = resolve(options.root, options.plans);
  await rm(folder, { recursive: true, force: true });
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true, mode: 0o700 });
    await writeFile(join(folder, name), content, { mode: 0o600 });
  }
  return { message: `Opened ${options.sealed} into ${options.plans}.` };
}

function attempt<T>(options: SealOptions, read: () => T): T {
  try {
    return read();
  } catch {
    throw new InfraError(
      'PLANS_REFUSED',
      `${options.sealed} does not open: it is no sealed review, or was changed. Review again: nx run infra:review.`,
    );
  }
}

async function filesOf(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = files.sort().map(async (file) => [relative(folder, file), await readFile(file)] as const);
  return Object.fromEntries(await Promise.all(contents));
}
