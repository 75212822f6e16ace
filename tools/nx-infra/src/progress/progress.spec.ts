import { describe, expect, it } from '@jest/globals';

import { Progress } from './progress.ts';

function recorded(json: boolean): { readonly progress: Progress; readonly lines: string[] } {
  const lines: string[] = [];
  let now = 0;
  return { progress: new Progress({ json, write: (line) => lines.push(line), now: () => (now += 1234) }), lines };
}

describe('Progress', () => {
  it('tells people stack, step and time', async () => {
    const { progress, lines } = recorded(false);
    await progress.step(
      'alb',
      'plan',
      () => Promise.resolve(3),
      (changes) => `${changes} to add`,
    );
    progress.note('Done soon.');
    expect(lines).toEqual(['   1.2 s  alb      plan', '   2.5 s  alb      plan done: 3 to add', 'Done soon.']);
  });

  it('tells machines the same, a line each', async () => {
    const { progress, lines } = recorded(true);
    await progress.step('alb', 'init', () => Promise.resolve());
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { elapsedMs: 1234, event: 'step', stack: 'alb', step: 'init', state: 'started' },
      { elapsedMs: 2468, event: 'step', stack: 'alb', step: 'init', state: 'done' },
    ]);
  });

  it('tells of a failure, and hands it on', async () => {
    const { progress, lines } = recorded(false);
    const fail = progress.step('alb', 'plan', () => Promise.reject(new Error('no\nbucket')));
    await expect(fail).rejects.toThrow('no\nbucket');
    expect(lines[1]).toBe('   2.5 s  alb      plan failed: no\nbucket');
  });
});
