import { describe, expect, it } from '@jest/globals';
import { anyPath, authenticate, documentWith, forward } from '../testdata/documents.ts';
import { thrown } from '../testdata/thrown.ts';
import { readLoadBalancers } from './read-load-balancers.ts';

const reading = (rule: Readonly<Record<string, unknown>>) => () =>
  readLoadBalancers(documentWith({ rule }))[0]?.listeners[0]?.rules[0];

describe('a rule', () => {
  it('is read with its blocks as lists or as single objects', () => {
    expect(reading({ condition: anyPath, action: forward })()).toEqual(reading({})());
    expect(reading({ priority: '50000', tags: { a: 'b' } })()).toMatchObject({
      address: 'aws_lb_listener_rule.one',
      priority: 50_000,
    });
  });

  it.each([
    ['no priority', { priority: undefined }, 'INVALID_FIELD'],
    ['priority 0', { priority: 0 }, 'INVALID_FIELD'],
    ['priority 50001', { priority: 50_001 }, 'INVALID_FIELD'],
    ['a priority not known yet', { priority: '${var.priority}' }, 'UNRESOLVED_VALUE'],
    ['no condition', { condition: [] }, 'INVALID_FIELD'],
    ['no action', { action: undefined }, 'INVALID_FIELD'],
    ['a transform without a regular expression', { transform: { type: 'url-rewrite' } }, 'INVALID_FIELD'],
    ['an unknown argument', { jwt_claim: {} }, 'UNKNOWN_FIELD'],
    ['a repeated condition', { condition: [anyPath, anyPath] }, 'DUPLICATE_CONDITION'],
    [
      'too many values',
      { condition: [{ path_pattern: { values: ['/1', '/2', '/3', '/4', '/5', '/6'] } }] },
      'LIMIT_EXCEEDED',
    ],
    ['an unknown condition', { condition: [{ jwt_claim: {} }] }, 'UNKNOWN_CONDITION'],
    ['an unknown action', { action: [{ type: 'authenticate-saml' }, forward] }, 'UNKNOWN_ACTION'],
    ['a login alone', { action: [authenticate] }, 'ROUTING_ACTION_MISPLACED'],
    ['a target group elsewhere', { action: [{ ...forward, target_group_arn: 'arn:other' }] }, 'UNKNOWN_REFERENCE'],
  ])('is refused for %s', (_, rule, code) => {
    expect(thrown(reading(rule))).toMatchObject({ code, address: 'aws_lb_listener_rule.one' });
  });

  it('names the argument at fault', () => {
    const error = thrown(
      reading({ condition: [anyPath, { host_header: { values: ['a.example.com', '${var.host}'] } }] }),
    );
    expect(error.message).toMatch(
      /^aws_lb_listener_rule\.one, condition\.1\.host_header\.values\.1: .*\$\{var\.host\}/,
    );
  });
});
