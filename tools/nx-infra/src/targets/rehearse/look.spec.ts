import { describe, expect, it } from '@jest/globals';

import { listening } from '../../testing/workspace.ts';
import { type Applied, unless, unlessSame } from './check.ts';
import { type NamedCheck } from './checks.ts';
import { look, requireSeen } from './look.ts';

const applied = {} as Applied;
const check = (name: string, ...problems: readonly string[]): NamedCheck => ({
  name,
  proves: `${name} is well`,
  run: () => Promise.resolve(problems),
});

describe('look', () => {
  it('tells what is well', async () => {
    const { context, lines } = listening();
    await look(applied, context, [check('TLS')]);
    expect(lines).toEqual([expect.stringMatching(/^ok +TLS +TLS is well$/)]);
  });

  it('runs all, and fails with those that are not', async () => {
    const { context, lines } = listening();
    const checks = [check('login', 'Nobody is asked.'), check('TLS'), check('task', 'It is root.')];
    await expect(look(applied, context, checks)).rejects.toMatchObject({
      code: 'REHEARSAL_FAILED',
      message: expect.stringContaining('login, task'),
    });
    expect(lines.join('\n')).toMatch(/^failed +login +Nobody is asked\.\n[^]*\nok +TLS/);
  });
});

describe('requireSeen', () => {
  const changes = [{ check: 'login' }, { check: 'login' }];

  it('takes checks that see what was changed, and nothing else', () =>
    requireSeen(changes, applied, [check('login', 'Nobody is asked.'), check('TLS')]));

  it.each([
    ['sees nothing', [check('login'), check('TLS')], 'login (sees nothing)'],
    ['sees what is not', [check('login', 'no'), check('TLS', 'no')], 'TLS (sees what nobody changed)'],
  ])('refuses one that %s', async (_what, checks, message) => {
    await expect(requireSeen(changes, applied, checks)).rejects.toMatchObject({
      code: 'REHEARSAL_FAILED',
      message: expect.stringContaining(message),
    });
  });
});

describe('a comparison', () => {
  it('says nothing of what is the same', () => {
    expect(unless(true, 'no')).toEqual([]);
    expect(unlessSame('it', { a: [1], b: 2 }, { b: 2, a: [1] })).toEqual([]);
    expect(unlessSame('it', undefined, undefined)).toEqual([]);
  });

  it('names both of what is not', () => {
    expect(unless(false, 'no')).toEqual(['no']);
    expect(unlessSame('The list', [2, 1], [1, 2])).toEqual(['The list is [2,1], and should be [1,2].']);
    expect(unlessSame('It', undefined, false)).toHaveLength(1);
    expect(unlessSame('It', '1', 1)).toHaveLength(1);
  });
});
