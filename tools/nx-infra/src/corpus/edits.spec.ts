import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { synthesize } from '../synth/synthesize.ts';
import { EDITS } from './edits.ts';
import { driftedEdits } from './edits/drifted.ts';
import { failingEdit } from './edits/failing.ts';
import { House } from './house.ts';
import { SHAPES } from './shapes.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const namesIn = async (folder: string): Promise<readonly string[]> => {
  const files = await readdir(join(ROOT, 'libs', 'plan-review', 'corpus', folder));
  return files.map((file) => file.replace('.json.gz', '')).toSorted();
};
const named = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);

describe('the edits of the corpus', () => {
  it('are those that it has plans of', async () => {
    const made = ['applied', 'empty-account', 'drifted', ...named(driftedEdits), ...named(EDITS)];
    expect(await namesIn('plans')).toEqual(made.toSorted());
    expect(await namesIn('shapes')).toEqual([failingEdit.name, ...named(SHAPES)].toSorted());
  });

  it('still have something to edit in the stacks of prod', async () => {
    const { stacks } = await synthesize({ root: ROOT, environment: 'prod' });
    const all = new Map([...stacks].map(([name, { terraform }]) => [name, terraform]));
    for (const { name, steps } of [...EDITS, ...driftedEdits, failingEdit]) {
      const house = new House(all);
      expect(() => {
        for (const step of steps) step(house);
      }).not.toThrow();
      expect([name, house.names]).toEqual([name, [...stacks.keys()]]);
    }
  }, 30_000);
});
