import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { outputFolder } from '../synth/synthesize.ts';

const LOCK = '.terraform.lock.hcl';

/** What Terraform works on a copy of a stack for. */
export type Purpose = 'plan' | 'validate' | 'outputs' | 'doctor' | 'bootstrap' | 'destroy' | 'drift' | 'recover';

/** Where the files of an environment lie. */
export class Folders {
  /** `cdktf.out/<environment>` */
  readonly output: string;

  constructor(
    /** The workspace. */
    readonly root: string,
    environment: string,
  ) {
    this.output = outputFolder(root, environment);
  }

  /** The JSON of a stack, as it was synthesized. */
  synthesized(stack: string): string {
    return join(this.output, 'stacks', stack, 'cdk.tf.json');
  }

  /**
   * Where Terraform works on a copy of a stack. As deep as the synthesized stack, because the path of a local state is
   * taken from the folder in which Terraform runs.
   */
  work(purpose: Purpose, stack: string): string {
    return join(this.output, `${purpose}-work`, stack);
  }

  /** Where plans are kept, each in a folder of its stack. */
  get plans(): string {
    return join(this.output, 'plans');
  }

  /** What the last apply of a stack did, where it did not come to its end. */
  applied(stack: string): string {
    return join(this.output, 'applies', stack);
  }

  /** The provider lock file of all stacks. */
  get lockFile(): string {
    return join(this.root, 'stacks', LOCK);
  }
}

/** The configuration that Terraform works on: a file to take as it is, or JSON in its place. */
export type Configuration = { readonly file: string } | { readonly json: unknown };

/**
 * Puts a configuration into a folder, alone but for what Terraform itself keeps there (`.terraform`).
 *
 * @param lockFile is put there too, if there is one; undefined where no provider is used
 * @returns whether there is a lock file to keep to
 */
export async function prepare(
  folder: string,
  configuration: Configuration,
  lockFile: string | undefined,
): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  // Terraform reads every such file.
  const others = (await readdir(folder)).filter((name) => name.endsWith('.tf.json'));
  await Promise.all(others.map((name) => rm(join(folder, name))));
  const main = join(folder, 'main.tf.json');
  if ('file' in configuration) await copyFile(configuration.file, main);
  // In lines, as Terraform quotes the line that it complains of.
  else await writeFile(main, JSON.stringify(configuration.json, null, 2));
  const lock = join(folder, LOCK);
  // What an earlier run without a lock file wrote there decides nothing.
  await rm(lock, { force: true });
  if (lockFile === undefined) return false;
  try {
    await copyFile(lockFile, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
