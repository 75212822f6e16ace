import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { actionOf } from './action.ts';

describe('actionOf', () => {
  it.each([
    [['no-op'], 'no-op'],
    [['delete', 'create'], 'delete-then-create'],
    [['create', 'delete'], 'create-then-delete'],
    [['create', 'forget'], 'create-then-forget'],
  ])('%j is %s', (words, action) => {
    expect(actionOf(words, 'x')).toBe(action);
  });

  it.each([[['destroy']], [['delete', 'delete']], [['update', 'create']], [['Create']]])('%j is refused', (words) => {
    expect(thrown(() => actionOf(words, 'x')).code).toBe('ACTION_UNKNOWN');
  });
});
