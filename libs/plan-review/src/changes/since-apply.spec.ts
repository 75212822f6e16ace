import { describe, expect, it } from '@jest/globals';
import { type ResourceChange } from '../plan/model.ts';
import { review } from '../review.ts';
import { changeOf } from '../testdata/change-of.ts';
import { type Body, World } from '../testdata/world.ts';
import { changesSinceApply } from './since-apply.ts';

const written = { size: {} };
const drifted = (before: object | undefined, after: object | undefined): ResourceChange =>
  changeOf('aws_x.y', before && { ...before }, after && { ...after }, { written });
const since = (drift: ResourceChange, ...changes: readonly ResourceChange[]): readonly unknown[] =>
  changesSinceApply({ drift: [drift], changes }).map(({ action, before, after }) => ({ action, before, after }));

describe('changesSinceApply', () => {
  it('are from what was applied, where what drifted is planned so', () => {
    const noOp = { ...drifted({ size: 2, status: 'B' }, { size: 2, status: 'B' }), action: 'no-op' } as const;
    expect(since(drifted({ size: 1, status: 'A' }, { size: 2, status: 'B' }), noOp)).toEqual([
      { action: 'update', before: { size: 1, status: 'B' }, after: { size: 2, status: 'B' } },
    ]);
  });

  it('are those of the plan, where nobody changed anything that counts', () => {
    const noOp = { ...drifted({ status: 'B' }, { status: 'B' }), action: 'no-op' } as const;
    expect(changesSinceApply({ drift: [drifted({ status: 'A' }, { status: 'B' })], changes: [noOp] })).toEqual([noOp]);
  });

  it('have what was deleted, and is not made again', () => {
    expect(since(drifted({ size: 1 }, undefined))).toEqual([
      { action: 'delete', before: { size: 1 }, after: undefined },
    ]);
    expect(since(drifted({ size: 1 }, undefined), drifted(undefined, { size: 2 }))).toEqual([
      { action: 'update', before: { size: 1 }, after: { size: 2 } },
    ]);
  });
});

describe('what is permitted', () => {
  const open = (rule: Body): void => {
    Object.assign(rule, { referenced_security_group_id: null, cidr_ipv4: '0.0.0.0/0' });
  };
  const RULE = 'aws_vpc_security_group_ingress_rule.alb';
  const told = (world: World): readonly string[] =>
    review(world.inputs(), { today: '2026-11-22' }).findings.map(
      ({ severity, kind, address, reading }) =>
        `${severity} ${kind} ${address}${reading.includes('outside of Terraform') ? ' outside' : ''}`,
    );

  it('by the plan is told once', () => {
    expect(told(new World().update('ecs', RULE, open))).toEqual([`stop past-the-load-balancer ${RULE}`]);
  });

  it('outside of Terraform and by the plan is told all the same', () => {
    const world = new World().drift('ecs', RULE, open);
    const written = world.plans.ecs.configuration.root_module.resources.find(({ address }) => address === RULE);
    Object.assign(written?.expressions ?? {}, { cidr_ipv4: { constant_value: '0.0.0.0/0' } });
    expect(told(world)).toEqual([`stop past-the-load-balancer ${RULE} outside`, `note drift ${RULE} outside`]);
  });

  it('outside of Terraform alone is drift, and set back', () => {
    const { change } = new World().find('ecs', RULE);
    const world = new World()
      .drift('ecs', RULE, open)
      .update('ecs', RULE, (rule) => Object.assign(rule, change.before));
    expect(told(world)).toEqual([`note permits-more ${RULE}`, `look drift ${RULE} outside`]);
  });
});
