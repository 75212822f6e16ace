import { describe, expect, it } from '@jest/globals';
import { type TargetGroup } from '../model.ts';
import { thrown } from '../testdata/thrown.ts';
import { readForward } from './forward.ts';

const place = { address: 'aws_lb_listener_rule.one', field: 'action.0' };

/** Resolves `ref:x` to `arn:x`. */
function find(value: string): TargetGroup {
  return { address: value, arn: value.replace('ref:', 'arn:'), name: value, port: 80, protocol: 'HTTP' };
}

const read = (written: Parameters<typeof readForward>[0]) => readForward(written, find, place).targetGroups;

describe('readForward', () => {
  it.each([
    ['the short form', { target_group_arn: 'ref:a' }],
    ['a block', { forward: [{ target_group: { arn: 'ref:a' } }] }],
    [
      'both, saying the same',
      { target_group_arn: 'ref:a', forward: { target_group: [{ arn: 'arn:a', weight: '1' }] } },
    ],
  ])('reads %s', (_, written) => {
    expect(read(written)).toEqual([{ arn: 'arn:a', weight: 1 }]);
  });

  it('reads weights', () => {
    const groups = [
      { arn: 'ref:a', weight: 0 },
      { arn: 'ref:b', weight: 999 },
    ];
    expect(read({ forward: { target_group: groups, stickiness: { enabled: false, duration: 60 } } })).toEqual([
      { arn: 'arn:a', weight: 0 },
      { arn: 'arn:b', weight: 999 },
    ]);
  });

  const group = { arn: 'ref:a' };
  it('reads stickiness that is on', () => {
    const written = { forward: { target_group: group, stickiness: { enabled: 'true', duration: '60' } } };
    expect(readForward(written, find, place)).toEqual({
      type: 'forward',
      targetGroups: [{ arn: 'arn:a', weight: 1 }],
      stickinessSeconds: 60,
    });
  });

  it.each([
    ['no target group', {}, 'INVALID_FIELD'],
    ['two different ones', { target_group_arn: 'ref:b', forward: { target_group: group } }, 'INVALID_FIELD'],
    ['an empty block', { forward: {} }, 'INVALID_FIELD'],
    ['a weight of 1000', { forward: { target_group: { ...group, weight: 1000 } } }, 'INVALID_FIELD'],
    ['six', { forward: { target_group: Array.from({ length: 6 }, () => group) } }, 'LIMIT_EXCEEDED'],
    [
      'stickiness without a duration',
      { forward: { target_group: group, stickiness: { enabled: true } } },
      'INVALID_FIELD',
    ],
    [
      'stickiness of more than a week',
      { forward: { target_group: group, stickiness: { enabled: true, duration: 604_801 } } },
      'INVALID_FIELD',
    ],
    ['an unknown argument', { forward: { target_group: { ...group, zone: 'a' } } }, 'UNKNOWN_FIELD'],
  ])('refuses %s', (_, written, code) => {
    expect(thrown(() => read(written))).toMatchObject({ code, address: 'aws_lb_listener_rule.one' });
  });
});
