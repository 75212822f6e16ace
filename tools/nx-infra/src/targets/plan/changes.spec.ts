import { describe, expect, it } from '@jest/globals';

import { countChanges, describeChanges } from './changes.ts';

const plan = (...actions: readonly (readonly string[])[]): unknown => ({
  resource_changes: actions.map((each) => ({ change: { actions: each } })),
});

describe('countChanges', () => {
  it('tells a replacement, in either order, from what it is made of', () => {
    const all = plan(
      ['create'],
      ['update'],
      ['delete'],
      ['delete', 'create'],
      ['create', 'delete'],
      ['no-op'],
      ['read'],
    );
    expect(countChanges(all)).toEqual({ add: 1, change: 1, replace: 2, destroy: 1 });
  });

  it('of a plan without any', () => {
    expect(describeChanges(countChanges({}))).toBe('no changes');
  });
});

describe('describeChanges', () => {
  it('names what there is', () => {
    expect(describeChanges({ add: 3, change: 0, replace: 1, destroy: 0 })).toBe('3 to add, 1 to replace');
  });
});
