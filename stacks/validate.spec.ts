import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { stackNames } from './contracts/index.ts';
import { environments } from './environments/index.ts';
import { synthesize } from './synth.ts';
import { everything } from './testing/everything.ts';
import { TerraformUnavailable, validate, type Validation } from './testing/terraform.ts';

const LONGEST_MS = 120_000;
const DIGEST = `sha256:${'0'.repeat(64)}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-validate-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Validates, or says aloud that it could not; in CI that is a failure. */
async function validated(): Promise<Validation | undefined> {
  try {
    return await validate(folder);
  } catch (error) {
    if (!(error instanceof TerraformUnavailable) || process.env['CI']) throw error;
    console.warn(`NOT CHECKED: the stacks were not validated with Terraform. ${error.message}`);
    return undefined;
  }
}

const errorsOf = (validation: Validation) => validation.diagnostics.filter(({ severity }) => severity === 'error');

describe('terraform validate', () => {
  it(
    'takes every stack, deployed and local, and with every option on, with the provider of the lock file',
    async () => {
      // Each stack as a module of one configuration: the provider, whose start takes most of the time, starts for all.
      const module: Record<string, { readonly source: string; readonly image_digest?: string }> = {};
      // Dev is prod with fewer NAT gateways.
      for (const [name, environment] of Object.entries({
        prod: environments.prod,
        local: environments.local,
        everything,
      })) {
        synthesize(environment, join(folder, name));
        for (const stack of stackNames.filter((each) => each !== 'delivery' || environment.delivery !== null)) {
          const source = `./${name}/stacks/${stack}`;
          module[`${name}_${stack}`] = stack === 'ecs' ? { source, image_digest: DIGEST } : { source };
        }
      }
      writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ module }));
      copyFileSync(fileURLToPath(new URL('.terraform.lock.hcl', import.meta.url)), join(folder, '.terraform.lock.hcl'));
      const validation = await validated();
      if (validation) expect([validation.valid, errorsOf(validation)]).toEqual([true, []]);
    },
    LONGEST_MS,
  );

  it(
    'would find an argument that is not known',
    async () => {
      // A resource that is part of Terraform, so that no provider has to start.
      const resource = { terraform_data: { thing: { no_such: 1 } } };
      writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ resource }));
      const validation = await validated();
      if (validation)
        expect(errorsOf(validation).map(({ summary }) => summary)).toEqual(['Extraneous JSON object property']);
    },
    LONGEST_MS,
  );
});
