import { describe, expect, it } from '@jest/globals';

import { readPlan } from './plan-json.ts';
import { showChanges } from './show.ts';

const show = (change: object, more: object = {}): readonly string[] =>
  showChanges(readPlan({ applyable: true, resource_changes: [{ address: 'a.b', type: 'a', change, ...more }] }));

describe('showChanges', () => {
  it.each([
    [['create'], '  + a.b'],
    [['delete'], '  - a.b'],
  ])('names what is to %j', (actions, line) => {
    expect(show({ actions, before: { x: 1 }, after: null })).toEqual([line]);
  });

  it('shows what changes of a resource, and why it is replaced', () => {
    const change = {
      actions: ['delete', 'create'],
      before: { name: 'old', same: [1], id: 'i-1', gone: true },
      after: { name: 'new', same: [1] },
      after_unknown: { id: true, same: [false] },
      replace_paths: [['name']],
    };
    expect(show(change, { action_reason: 'replace_because_cannot_update' })).toEqual([
      '  -/+ a.b (replace because cannot update)',
      '      name: "old" -> "new" (forces replacement)',
      '      id: "i-1" -> (known after apply)',
      '      gone: true -> null',
    ]);
  });

  it('shows nothing secret, not even from a plan that was not redacted', () => {
    const shown = show({
      actions: ['update'],
      before: { secret: 'canary-1', tree: { leaf: 'canary-2' }, was: 'canary-3' },
      after: { secret: 'canary-4', tree: { leaf: 'canary-5' }, was: 'open' },
      after_sensitive: { secret: true, tree: { leaf: true } },
      before_sensitive: { was: true },
    });
    expect(shown).toHaveLength(4);
    expect(shown.join()).not.toContain('canary');
    expect(show({ actions: ['update'], before: { a: 1 }, after: { a: 'canary' }, after_sensitive: true }).join()).toBe(
      '  ~ a.b,      a: (sensitive)',
    );
  });

  it('names imports and outputs, without their values', () => {
    const plan = readPlan({
      applyable: true,
      resource_changes: [{ address: 'a.b', type: 'a', change: { actions: ['no-op'], importing: { id: 'x' } } }],
      output_changes: {
        same: { actions: ['no-op'] },
        url: { actions: ['update'], before: 'canary', after: 'canary' },
      },
    });
    expect(showChanges(plan)).toEqual(['  = a.b (imported: it exists already)', '  ~ output url']);
  });

  it('says nothing of what is only read, or stays', () => {
    expect(show({ actions: ['read'] }, { mode: 'data' })).toEqual([]);
    expect(show({ actions: ['no-op'] })).toEqual([]);
  });

  it('cuts what nobody reads to its end', () => {
    const [, line = ''] = show({ actions: ['update'], before: { policy: '' }, after: { policy: 'x'.repeat(5000) } });
    expect(line.length).toBeLessThan(200);
  });
});
