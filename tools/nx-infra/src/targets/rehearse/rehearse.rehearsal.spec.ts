import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { listening } from '../../testing/workspace.ts';
import { rehearse } from './rehearse.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..', '..');

const copies = async (): Promise<readonly string[]> => {
  const output = join(ROOT, 'cdktf.out');
  return existsSync(output) ? (await readdir(output)).filter((name) => name.startsWith('.rehearsal-')) : [];
};

needing('terraform', 'python3')('infra:rehearse', () => {
  it('rehearses prod, and leaves nothing', async () => {
    const before = await copies();
    const aws = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
    const { context, lines } = listening();
    const { message, data } = await rehearse({ root: ROOT, env: 'prod' }, context).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}\n${lines.join('\n')}`, { cause: error });
    });
    expect(message).toBe(
      'Rehearsed prod: applied, looked at, found unchanged, found changed, set back and destroyed. Nothing is left.',
    );
    const { checks, shown } = data as Readonly<Record<'checks' | 'shown', readonly string[]>>;
    expect([...shown].sort()).toEqual([...checks].sort());
    expect((await copies()).filter((copy) => !before.includes(copy))).toEqual([]);
    expect(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'))).toEqual(aws);
  });
});
