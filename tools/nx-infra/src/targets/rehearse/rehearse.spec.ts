import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { listening } from '../../testing/workspace.ts';
import { CHECKS } from './checks.ts';
import { GAPS } from './gaps.ts';
import { rehearse } from './rehearse.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..', '..');
const REFERENCE = join(ROOT, 'docs', 'reference', 'rehearsal.md');

async function rows(heading: string): Promise<readonly (readonly [string, string])[]> {
  const [, section = ''] = (await readFile(REFERENCE, 'utf8')).split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| (.*?) +\| (.*?) +\|$/gm)]
    .map(([, name = '', text = '']) => [name, text] as const)
    .filter(([name]) => !/^(check|gap|-+)$/.test(name));
}

describe('the reference', () => {
  it('has every check', async () => {
    expect(await rows('What is looked at')).toEqual(CHECKS.map(({ name, proves }) => [name, proves]));
  });

  it('has every gap', async () => {
    expect(await rows('What it does not show')).toEqual(GAPS.map(({ name, notShown }) => [name, notShown]));
  });
});

describe('infra:rehearse', () => {
  it('rehearses nothing that is not deployed, and leaves nothing', async () => {
    const output = join(ROOT, 'cdktf.out');
    const copies = async () =>
      existsSync(output) ? (await readdir(output)).filter((name) => name.startsWith('.rehearsal-')) : [];
    const before = await copies();
    const { context, lines } = listening();
    await expect(rehearse({ root: ROOT, env: 'local' }, context)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    // Nothing was simulated: there are no requests to look at.
    expect(lines).toEqual([]);
    expect((await copies()).filter((copy) => !before.includes(copy))).toEqual([]);
  }, 60_000);
});
