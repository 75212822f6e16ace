import { describe, expect, it } from '@jest/globals';

import { listening } from '../../testing/workspace.ts';
import { type Gap, type Probed, tellGaps } from './gaps.ts';

const probed = {} as Probed;
const gap = (name: string, isStillSo: boolean): Gap => ({
  name,
  notShown: `${name} is not shown.`,
  isStillSo: () => Promise.resolve(isStillSo),
});

describe('tellGaps', () => {
  it('tells each', async () => {
    const { context, lines } = listening();
    await tellGaps(probed, context, [gap('no TLS', true), gap('no task', true)]);
    expect(lines).toEqual(['- no TLS: no TLS is not shown.', '- no task: no task is not shown.']);
  });

  it('fails for one that is closed', async () => {
    const { context } = listening();
    await expect(tellGaps(probed, context, [gap('no TLS', false)])).rejects.toMatchObject({
      code: 'REHEARSAL_FAILED',
      message: expect.stringContaining('"no TLS"'),
    });
  });
});
