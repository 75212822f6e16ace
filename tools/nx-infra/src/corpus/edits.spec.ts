import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { synthesize } from '../synth/synthesize.ts';
import { DRIFTED, EDITS } from './edits.ts';
import { House } from './house.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

describe('the edits of the corpus', () => {
  it('are those that it has plans of', async () => {
    const files = await readdir(join(ROOT, 'libs', 'plan-review', 'corpus', 'plans'));
    const made = ['applied', 'empty-account', 'drifted', DRIFTED.name, ...EDITS.map(({ name }) => name)];
    expect(files.map((file) => file.replace('.json.gz', '')).toSorted()).toEqual(made.toSorted());
  });

  it('still have something to edit in the stacks of prod', async () => {
    const { stacks } = await synthesize({ root: ROOT, environment: 'prod' });
    const all = new Map([...stacks].map(([name, { terraform }]) => [name, terraform]));
    for (const { name, steps } of [...EDITS, DRIFTED]) {
      const house = new House(all);
      expect(() => {
        for (const step of steps) step(house);
      }).not.toThrow();
      expect([name, house.names]).toEqual([name, [...stacks.keys()]]);
    }
  }, 30_000);
});
