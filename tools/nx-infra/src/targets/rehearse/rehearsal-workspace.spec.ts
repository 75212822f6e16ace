import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { synthesize } from '../../synth/synthesize.ts';
import { rehearsalWorkspace } from './rehearsal-workspace.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..', '..');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-spec-'));
  for (const folder of ['environments', 'node_modules']) await mkdir(join(root, 'stacks', folder), { recursive: true });
  await writeFile(join(root, 'stacks', 'environments', 'dev.ts'), 'export const dev = { name: "dev" };');
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('the workspace of a rehearsal', () => {
  it('is a copy of the sources, and gone afterwards', async () => {
    let copy: string;
    {
      await using workspace = await rehearsalWorkspace(root, 'dev');
      copy = workspace.root;
      expect(await readdir(join(copy, 'stacks'))).toEqual(['environments']);
      await workspace.liftProtection();
      const lifted = await readFile(join(copy, 'stacks', 'environments', 'dev.ts'), 'utf8');
      expect(lifted).toContain('deletionProtection: false');
    }
    expect(existsSync(copy)).toBe(false);
    const original = await readFile(join(root, 'stacks', 'environments', 'dev.ts'), 'utf8');
    expect(original).not.toContain('deletionProtection');
  });

  it('knows no environment without a file', async () => {
    await using workspace = await rehearsalWorkspace(root, 'nowhere');
    await expect(workspace.liftProtection()).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('lifts what protects prod', async () => {
    await using workspace = await rehearsalWorkspace(ROOT, 'prod');
    const protectedOnes = async (): Promise<readonly string[]> => {
      const { stacks } = await synthesize({ root: workspace.root, environment: 'prod' });
      return [...stacks.values()].flatMap(({ terraform }) =>
        Object.entries(terraform.resource).flatMap(([type, bodies]) =>
          Object.values(bodies).some((body) =>
            /"prevent_destroy":true|"enable_deletion_protection":true|"deletion_protection":"ACTIVE"/.test(
              JSON.stringify(body),
            ),
          )
            ? [type]
            : [],
        ),
      );
    };
    expect(await protectedOnes()).toEqual(expect.arrayContaining(['aws_lb', 'aws_cognito_user_pool', 'aws_s3_bucket']));
    await workspace.liftProtection();
    expect(await protectedOnes()).toEqual([]);
  }, 60_000);
});
