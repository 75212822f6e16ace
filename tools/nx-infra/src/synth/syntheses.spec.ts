import { describe, expect, it } from '@jest/globals';

import { Syntheses } from './syntheses.ts';
import { type Synthesized, type SynthesizeOptions } from './synthesize.ts';

/** One that only counts, and fails where it is told to. */
function counting() {
  const made: SynthesizeOptions[] = [];
  const syntheses = new Syntheses((options): Promise<Synthesized> => {
    made.push(options);
    if (options.environment === 'broken') return Promise.reject(new Error('broken'));
    return Promise.resolve({ stacks: new Map(), inputs: [String(made.length)] });
  });
  return { made, syntheses };
}

describe('Syntheses', () => {
  it('makes one for each workspace and environment, also when asked twice at once', async () => {
    const { made, syntheses } = counting();
    const [one, other] = await Promise.all([
      syntheses.of({ root: '/a', environment: 'prod' }),
      syntheses.of({ root: '/a', environment: 'prod' }),
    ]);
    expect(other).toBe(one);
    expect(await syntheses.of({ root: '/a', environment: 'prod' })).toBe(one);
    await syntheses.of({ root: '/b', environment: 'prod' });
    await syntheses.of({ root: '/a', environment: 'dev' });
    expect(made).toHaveLength(3);
  });

  it('tries again what failed', async () => {
    const { made, syntheses } = counting();
    const broken = () => syntheses.of({ root: '/a', environment: 'broken' });
    await expect(broken()).rejects.toThrow('broken');
    await expect(broken()).rejects.toThrow('broken');
    expect(made).toHaveLength(2);
  });
});
