import { rename } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { deployed, DIGEST, house, middle, rig, workspace } from '../deploy/testing/rig.ts';
import { requireNoChanges } from './expected.ts';
import { Replans } from './replans.ts';

needing('terraform', 'python3')('plans of what was just applied', () => {
  it('are of all stacks, and change nothing, unless the sources of the other copy do', async () => {
    await using place = await workspace(house());
    await using other = await workspace(house());
    await deployed(place, rig(), { yes: true });
    // Their states are beside the stacks here: the other copy looks into these.
    const state = ({ root }: { readonly root: string }) => join(root, 'cdktf.out', 'test', 'state');
    const first = rig();
    await using again = await Replans.open({ root: other.root, env: 'test' }, first.context);
    await rename(state(place), state(other));
    for (const stack of ['one', 'two', 'middle']) again.plan({ stack, imageDigest: undefined });
    await expect(again.done()).rejects.toMatchObject({
      code: 'REHEARSAL_FAILED',
      message: expect.stringMatching(/not planned again: service\.$/),
    });
    again.plan({ stack: 'service', imageDigest: DIGEST });
    requireNoChanges({ data: { stacks: await again.done() } });
    expect(first.lines.filter((line) => line.endsWith('plan again done: no changes'))).toHaveLength(4);

    await other.write({ ...house(), middle: middle('another') });
    await using changed = await Replans.open({ root: other.root, env: 'test' }, rig().context);
    for (const stack of ['one', 'two', 'middle', 'service']) changed.plan({ stack, imageDigest: DIGEST });
    const stacks = await changed.done();
    expect(() => requireNoChanges({ data: { stacks } })).toThrow('something of middle');
  }, 120_000);
});
