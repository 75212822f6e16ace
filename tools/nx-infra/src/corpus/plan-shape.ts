import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type Terraform } from '../runner/terraform.ts';
import { type KeptPlans } from './kept-plans.ts';
import { type Files, type Shape } from './shapes.ts';

const OUT = 'shape.tfplan';

/** Plans a shape in a folder of its own, with a state of its own. No provider is fetched: Terraform has it built in. */
export async function planShape(
  { applied, planned, mode, target, replace, fails = false }: Shape,
  terraform: Terraform,
): Promise<KeptPlans> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-shape-'));
  const options = { out: OUT, variables: {} };
  try {
    if (applied !== undefined) {
      await write(folder, applied, terraform);
      await terraform.plan(folder, options);
      // What is left of what fails is what the next plan is about.
      await terraform.apply(folder, OUT).catch(() => undefined);
    }
    await write(folder, planned, terraform);
    const made = terraform.plan(folder, {
      ...options,
      ...(mode && { mode }),
      ...(target !== undefined && { target }),
      ...(replace && { replace }),
    });
    if (fails) await made.then(refuse, () => undefined);
    else await made;
    // With its canaries: what hides them is the review.
    return { shape: { plan: await terraform.show(folder, OUT), assumptions: [] } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In place of what was there, but for the state. */
async function write(folder: string, files: Files, terraform: Terraform): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('terraform.tfstate')) await rm(join(folder, name), { recursive: true });
  }
  for (const [name, json] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), JSON.stringify(json, null, 2));
  }
  await terraform.init(folder, { backend: true, lockFile: false });
}

function refuse(): never {
  throw new Error('Nothing failed.');
}
