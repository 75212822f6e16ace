import { readFile } from 'node:fs/promises';

import { expect, it } from '@jest/globals';

import { readFaults } from './read-faults.ts';

it('knows the faults that the reference lists, and no other', async () => {
  const page = await readFile(new URL('../../../../docs/reference/local-alb.md', import.meta.url), 'utf8');
  const [, table = ''] = /\| fault .*\n\| -+ .*\n((?:\| .*\n)+)/.exec(page) ?? [];
  const listed = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  const refused = readFaults({ nonsense: true });
  const known = refused.ok ? [] : (/there are (.*)\.$/.exec(refused.problem)?.[1] ?? '').split(', ');
  expect(listed).toEqual(known);
  expect(known).toHaveLength(7);
});
