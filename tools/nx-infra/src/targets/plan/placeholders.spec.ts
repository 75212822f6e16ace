import { describe, expect, it } from '@jest/globals';

import { placeholder, placeholderItem } from './placeholders.ts';

const wanted = (kind: string | undefined) => ({
  stack: 'network',
  output: 'thing',
  kind,
  region: 'eu-west-1',
  account: '222222222222',
});

describe('placeholder', () => {
  it.each([
    ['vpc-id', /^vpc-[0-9a-f]{17}$/],
    ['security-group-id', /^sg-[0-9a-f]{17}$/],
    ['user-pool-id', /^eu-west-1_[0-9a-zA-Z]{9}$/],
    ['user-pool-arn', /^arn:aws:cognito-idp:eu-west-1:222222222222:userpool\/eu-west-1_[0-9a-zA-Z]{9}$/],
    ['user-pool-client-id', /^[a-z0-9]{26}$/],
    ['repository-url', /^222222222222\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/[a-z]+$/],
    ['target-group-arn', /^arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup\/[a-z]+\/[0-9a-f]{16}$/],
    ['url', /^https:\/\/network\.placeholder\.invalid\//],
  ])('of kind %s', (kind, shape) => {
    expect(placeholder(wanted(kind))).toMatch(shape);
  });

  it('gives a list of different items, whose items are those of a list with a known length', () => {
    const [first, second, ...more] = placeholder(wanted('subnet-ids'));
    expect(first).toMatch(/^subnet-[0-9a-f]{17}$/);
    expect(second).not.toBe(first);
    expect(more).toEqual([]);
    expect(placeholderItem(wanted('subnet-ids'), 1)).toBe(second);
  });

  it('is the same each time, and another for another output', () => {
    expect(placeholder(wanted('vpc-id'))).toBe(placeholder(wanted('vpc-id')));
    expect(placeholder({ ...wanted('vpc-id'), output: 'other' })).not.toBe(placeholder(wanted('vpc-id')));
  });

  it('names the same pool in its id and in its ARN', () => {
    const arn = placeholder({ ...wanted('user-pool-arn'), output: 'arn' });
    const id = placeholder({ ...wanted('user-pool-id'), output: 'id' });
    expect(arn).toContain(`userpool/${String(id)}`);
  });

  it.each(['no-such-kind', undefined, 'toString'])('refuses kind %s', (kind) => {
    expect(() => placeholder(wanted(kind))).toThrow(expect.objectContaining({ code: 'KIND_UNKNOWN' }));
  });
});
