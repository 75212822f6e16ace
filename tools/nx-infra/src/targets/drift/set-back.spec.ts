import { describe, expect, it } from '@jest/globals';

import { readPlan } from '../deploy/plan-json.ts';
import { setBack } from './set-back.ts';

interface Change {
  readonly actions?: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly after_unknown?: object;
}

const of = (change: Change, mode = 'managed') => ({
  address: 'aws_it.it',
  mode,
  type: 'aws_it',
  change: { actions: ['update'], ...change },
});

const found = (drift: ReturnType<typeof of>, planned?: ReturnType<typeof of>): number =>
  setBack(
    readPlan({ applyable: true, resource_drift: [drift], resource_changes: planned === undefined ? [] : [planned] }),
  ).length;

const drift = of({ before: { open: false, tags: null }, after: { open: true, tags: {} } });
const back = { before: { open: true, tags: {} }, after: { open: false, tags: {} } };

describe('setBack', () => {
  it('is what was changed and is changed back', () => {
    expect(found(drift, of(back))).toBe(1);
    expect(found(drift, of({ ...back, actions: ['delete', 'create'] }))).toBe(1);
  });

  it('is what was deleted', () => {
    expect(found(of({ actions: ['delete'], before: {}, after: null }))).toBe(1);
  });

  it('is what is changed back to what is not known yet', () => {
    const unknown = { before: { open: true }, after: {}, after_unknown: { open: true } };
    expect(found(drift, of(unknown))).toBe(1);
    // All that AWS computes is unknown then.
    expect(found(drift, of({ ...unknown, actions: ['delete', 'create'] }))).toBe(0);
  });

  it('is not what nobody wants otherwise', () => {
    expect(found(drift)).toBe(0);
    expect(found(drift, of({ ...back, actions: ['no-op'] }))).toBe(0);
    expect(found(of({ before: { users: 0 }, after: { users: 1 } }), of(back))).toBe(0);
    expect(found(of({ ...drift.change }, 'data'), of(back))).toBe(0);
  });

  it('is not what the stacks want anew of something that AWS answers with more of', () => {
    expect(found(of({ before: { tags: null }, after: { tags: {} } }), of(back))).toBe(0);
    const nested = {
      before: { action: [{ type: 'forward', rule: [], note: '' }] },
      after: { action: [{ type: 'forward' }] },
    };
    expect(found(of(nested), of({ before: nested.after, after: { action: [{ type: 'login' }] } }))).toBe(0);
  });

  it('sees a value in the depth, and one that is false or nought', () => {
    const forward = { action: [{ type: 'forward', stickiness: [{ enabled: false }] }] };
    const sticky = { action: [{ type: 'forward', stickiness: [{ enabled: true }] }] };
    expect(found(of({ before: forward, after: sticky }), of({ before: sticky, after: forward }))).toBe(1);
    expect(
      found(of({ before: { count: 2 }, after: { count: 0 } }), of({ before: { count: 0 }, after: { count: 2 } })),
    ).toBe(1);
  });
});
