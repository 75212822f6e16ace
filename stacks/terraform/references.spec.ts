import { describe, expect, it } from '@jest/globals';

import { references } from './references.ts';

const stacks = [
  {
    name: 'alb',
    json: {
      terraform: { backend: { s3: { bucket: 'states', key: 'alb', encrypt: true } } },
      resource: { aws_security_group: { alb: {} }, aws_lb: { alb: {} } },
      output: {
        securityGroupId: { value: '${aws_security_group.alb.id}' },
        dnsName: { value: '${aws_lb.alb.dns_name}' },
        text: { value: 'sg-1' },
        circle: { value: '${data.terraform_remote_state.alb.outputs.circle}' },
      },
    },
  },
  {
    name: 'ecs',
    json: {
      resource: { aws_security_group: { app: {} } },
      data: { terraform_remote_state: { alb: { backend: 's3', config: { bucket: 'states', key: 'alb' } } } },
    },
  },
  {
    name: 'liar',
    json: {
      data: { terraform_remote_state: { alb: { backend: 's3', config: { bucket: 'states', key: 'other' } } } },
    },
  },
];

const found = (stack: string, expression: unknown) => references(stacks).resource(stack, expression, ['id'])?.address;

describe('references', () => {
  it('follows a reference in the stack', () => {
    expect(found('ecs', '${aws_security_group.app.id}')).toBe('ecs: aws_security_group.app');
  });

  it('follows an output into the stack that has it', () => {
    expect(found('ecs', '${data.terraform_remote_state.alb.outputs.securityGroupId}')).toBe(
      'alb: aws_security_group.alb',
    );
  });

  it('does not take a remote state for another stack because of its name', () => {
    const expression = '${data.terraform_remote_state.alb.outputs.securityGroupId}';
    expect(found('liar', expression)).toBeUndefined();
    expect(found('alb', expression)).toBeUndefined();
  });

  it.each([
    ['another stack’s resource', '${aws_security_group.alb.id}'],
    ['a resource that is not there', '${aws_security_group.other.id}'],
    ['another attribute', '${aws_security_group.app.arn}'],
    ['an attribute that only begins so', '${aws_security_group.app.id.x}'],
    ['a reference inside other text', 'x${aws_security_group.app.id}'],
    ['a choice', '${true ? aws_security_group.app.id : "sg-1"}'],
    ['two references', '${aws_security_group.app.id}${aws_security_group.app.id}'],
    ['a literal', 'sg-0123'],
    ['an output that is a literal', '${data.terraform_remote_state.alb.outputs.text}'],
    ['an output of another attribute', '${data.terraform_remote_state.alb.outputs.dnsName}'],
    ['an output that is not there', '${data.terraform_remote_state.alb.outputs.none}'],
    ['an output of no stack', '${data.terraform_remote_state.none.outputs.securityGroupId}'],
    ['a circle', '${data.terraform_remote_state.alb.outputs.circle}'],
    ['no text', 7],
    ['nothing', undefined],
  ])('does not guess at %s', (_, expression) => {
    expect(found('ecs', expression)).toBeUndefined();
  });
});
