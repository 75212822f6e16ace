import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

/** What `terraform init` leaves in a folder. */
const LEFT = '.terraform';
const LOCK = '.terraform.lock.hcl';

const configurationSchema = z.object({ terraform: z.unknown().optional(), module: z.unknown().optional() });

/**
 * Folders that `terraform init` prepared while this lives, so that the next with the same backend, providers and lock
 * file is given what the first has: to plan, to look and to destroy each work in a folder of their own, and `init` takes
 * about a second of each, most of it to hold 700 MB of provider against the lock file. Terraform holds a provider that
 * it starts against the lock file in every command (Terraform, "Dependency Lock File").
 *
 * Only in memory: what an earlier command left in a folder decides nothing.
 */
export class InitializedFolders {
  /** Folders, by what they were prepared for. */
  private readonly folders = new Map<string, string>();

  /**
   * Prepares a folder as another one of the same kind was.
   *
   * @returns whether there was one
   */
  async reuse(folder: string): Promise<boolean> {
    const kind = await kindOf(folder);
    const source = kind === undefined ? undefined : this.folders.get(kind);
    if (source === folder) return existsSync(join(folder, LEFT));
    if (source === undefined || !existsSync(join(source, LEFT))) return false;
    this.forget(folder);
    const left = join(folder, LEFT);
    await rm(left, { recursive: true, force: true });
    await cp(join(source, LEFT), left, {
      recursive: true,
      // Out of a mirror, the provider is a link.
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
    return true;
  }

  /** Remembers a folder that was prepared. */
  async remember(folder: string): Promise<void> {
    const kind = await kindOf(folder);
    if (kind !== undefined) this.folders.set(kind, folder);
  }

  /** What was prepared there is another thing now. */
  forget(folder: string): void {
    for (const [kind, known] of this.folders) if (known === folder) this.folders.delete(kind);
  }
}

/** @returns undefined where it cannot be told, or where modules would have to be fetched */
async function kindOf(folder: string): Promise<string | undefined> {
  const [text, lock] = await Promise.all([read(folder, 'main.tf.json'), read(folder, LOCK)]);
  if (text === undefined || lock === undefined) return undefined;
  const { terraform, module } = configurationSchema.parse(JSON.parse(text));
  if (terraform === undefined || module !== undefined) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([terraform, lock]))
    .digest('base64');
}

async function read(folder: string, name: string): Promise<string | undefined> {
  return readFile(join(folder, name), 'utf8').catch(() => undefined);
}
