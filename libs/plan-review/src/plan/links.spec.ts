import { describe, expect, it } from '@jest/globals';
import { changeOf } from '../testdata/change-of.ts';
import { linksOf } from './links.ts';
import { type StackPlan } from './model.ts';

const plan = (stack: string, more: Partial<StackPlan>): StackPlan => ({
  stack,
  changes: [],
  drift: [],
  outputs: [],
  assumptions: [],
  incomplete: [],
  region: undefined,
  loadBalancing: {},
  appliedLoadBalancing: undefined,
  ...more,
});

const links = linksOf([
  plan('net', {
    changes: [
      changeOf('aws_security_group.known', { id: 'sg-1', name: 'one' }, { id: 'sg-1', name: 'one' }, { stack: 'net' }),
      changeOf('aws_security_group.new', undefined, { id: '(known after apply)' }, { stack: 'net' }),
      changeOf('aws_security_group.each["a"]', undefined, {}, { stack: 'net' }),
      changeOf('module.m.aws_lb.alb', undefined, {}, { stack: 'net' }),
    ],
    outputs: [
      {
        name: 'newId',
        before: undefined,
        after: undefined,
        isDisclosed: false,
        references: ['aws_security_group.new.id', 'aws_security_group.new'],
      },
    ],
  }),
  plan('app', { assumptions: [{ name: 'net.newId', because: 'unknown-until-applied', value: 'sg-placeholder' }] }),
]);

describe('linksOf', () => {
  it.each([
    ['app', 'sg-1', 'net/aws_security_group.known'],
    ['app', 'sg-placeholder', 'net/aws_security_group.new'],
    ['app', '${data.terraform_remote_state.net.outputs.newId}', 'net/aws_security_group.new'],
    ['app', '${local.terraform_remote_state.net.outputs.newId}', 'net/aws_security_group.new'],
    ['net', '${aws_security_group.new.id}', 'net/aws_security_group.new'],
    ['net', '${aws_security_group.each["a"].id}', 'net/aws_security_group.each["a"]'],
    ['net', '${aws_security_group.each.id}', 'net/aws_security_group.each["a"]'],
    ['net', '${module.m.aws_lb.alb.arn}', 'net/module.m.aws_lb.alb'],
    ['app', '${aws_security_group.new.id}', undefined],
    ['app', 'one', undefined],
    ['app', 'sg-2', undefined],
    ['app', undefined, undefined],
  ])('%s: %s is %s', (stack, value, expected) => {
    expect(links.find(stack, value)).toBe(expected);
  });
});
