import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { outputFolder, synthesize } from './synthesize.ts';

/** A program that does to CDKTF_OUTDIR what a CDKTF application does. */
const program = (stack: string): string => `
  import { mkdirSync, writeFileSync } from 'node:fs';
  import { note } from './note.ts';
  const out: string = process.env['CDKTF_OUTDIR'] ?? '';
  mkdirSync(out + '/stacks/${stack}', { recursive: true });
  writeFileSync(out + '/stacks/${stack}/cdk.tf.json', JSON.stringify({ output: { note: { value: note + process.env['GATEHOUSE_ENV'] } } }));
  writeFileSync(out + '/manifest.json', JSON.stringify({
    stacks: { ${stack}: { name: '${stack}', synthesizedStackPath: 'stacks/${stack}/cdk.tf.json', dependencies: [] } },
  }));
`;

describe('synthesize', () => {
  let root: string;
  const write = (text: string): Promise<void> => writeFile(join(root, 'stacks', 'main.ts'), text);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'synthesize-'));
    await mkdir(join(root, 'stacks'));
    await writeFile(join(root, 'stacks', 'note.ts'), `export const note = 'for ';`);
    await write(program('one'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('runs the program for an environment, and names its sources', async () => {
    const { stacks, inputs } = await synthesize({ root, environment: 'dev' });
    expect(stacks.get('one')?.terraform.output['note']?.value).toBe('for dev');
    expect(inputs).toEqual(['stacks/note.ts', 'stacks/main.ts']);
    expect(await readdir(join(root, 'cdktf.out'))).toEqual(['dev']);
  });

  it("keeps Terraform's own files, and removes the JSON of a stack that is gone", async () => {
    await synthesize({ root, environment: 'dev' });
    const folder = join(outputFolder(root, 'dev'), 'stacks');
    await writeFile(join(folder, 'one', 'terraform.tfstate'), 'state');
    await write(program('two'));
    await synthesize({ root, environment: 'dev' });
    expect(await readdir(join(folder, 'one'))).toEqual(['terraform.tfstate']);
    expect(await readdir(join(folder, 'two'))).toEqual(['cdk.tf.json']);
  });

  it.each([
    ['a program that refuses', `console.error('region: wrong'); process.exit(1);`, 'region: wrong'],
    ['a program that does not compile', 'const x: = 1', 'stacks/ does not compile'],
    ['a program that writes nothing and fails', 'process.exit(3)', 'ended with code 3'],
  ])('says why %s was not synthesized, and leaves what was there', async (_case, text, message) => {
    await synthesize({ root, environment: 'dev' });
    await write(text);
    await expect(synthesize({ root, environment: 'dev' })).rejects.toMatchObject({
      code: 'SYNTH_FAILED',
      message: expect.stringContaining(message),
    });
    const kept = await readFile(join(outputFolder(root, 'dev'), 'stacks', 'one', 'cdk.tf.json'), 'utf8');
    expect(kept).toContain('for dev');
    expect(await readdir(join(root, 'cdktf.out'))).toEqual(['dev']);
  });
});
