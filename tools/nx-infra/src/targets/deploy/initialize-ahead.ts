import { type OpenTerraform } from '../../runner/open.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { type Folders, prepare } from '../folder.ts';

/**
 * Prepares the folders in which stacks will be planned, while those under them are applied, which mostly waits.
 *
 * Never fails: what cannot be prepared now is told when the stack is planned.
 */
export async function initializeAhead(
  stacks: readonly Pick<SynthesizedStack, 'name'>[],
  { open, folders }: { readonly open: Pick<OpenTerraform, 'terraform'>; readonly folders: Folders },
): Promise<void> {
  for (const { name } of stacks) {
    try {
      const work = folders.work('plan', name);
      const lockFile = await prepare(work, { file: folders.synthesized(name) }, folders.lockFile);
      // Without a lock file nothing is known to be the same, and it would be done twice.
      if (lockFile) await open.terraform.init(work, { backend: true, lockFile });
    } catch {
      return;
    }
  }
}
