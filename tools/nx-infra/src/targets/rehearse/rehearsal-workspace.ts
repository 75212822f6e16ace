import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { InfraError } from '../../errors.ts';

/** The stacks as they are now, in a workspace of their own: what a rehearsal makes touches nothing of a deployment. */
export interface RehearsalWorkspace extends AsyncDisposable {
  readonly root: string;
  /** Does in the copy what one does by hand to take an environment down: `deletionProtection: false`. */
  liftProtection(): Promise<void>;
}

/** Nothing of these is a source. */
const LEFT_OUT = ['node_modules', 'cdktf.out', 'dist'];

/**
 * Copies the stacks into a folder below `cdktf.out`, from where they find the packages that they import.
 *
 * @throws {InfraError} `OPTION_INVALID` for an environment without a file
 */
export async function rehearsalWorkspace(root: string, env: string): Promise<RehearsalWorkspace> {
  const output = join(root, 'cdktf.out');
  await mkdir(output, { recursive: true });
  const copy = await mkdtemp(join(output, '.rehearsal-'));
  const stacks = join(copy, 'stacks');
  const dispose = (): Promise<void> => rm(copy, { recursive: true, force: true });
  try {
    const isSource = (path: string): boolean => !LEFT_OUT.includes(basename(path));
    await cp(join(root, 'stacks'), stacks, { recursive: true, filter: isSource });
    // What the compiler settings of the stacks build upon.
    await symlink(join(root, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'));
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    root: copy,
    liftProtection: () => lift(join(stacks, 'environments'), env),
    [Symbol.asyncDispose]: dispose,
  };
}

async function lift(environments: string, env: string): Promise<void> {
  const file = join(environments, `${env}.ts`);
  await rename(file, join(environments, `${env}.protected.ts`)).catch((error: unknown) => {
    throw new InfraError('OPTION_INVALID', `Environment ${env} is not in stacks/environments/${env}.ts.`, {
      cause: error,
    });
  });
  await writeFile(
    file,
    `import { ${env} as asItIs } from './${env}.protected.ts';\n\n` +
      `export const ${env} = { ...asItIs, deletionProtection: false } as const;\n`,
  );
}
