import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Condition } from '../model.ts';
import { readLoadBalancers } from '../read/read-load-balancers.ts';
import { shop } from '../testdata/documents.ts';
import { listenerOf, request } from '../testdata/requests.ts';
import { thrown } from '../testdata/thrown.ts';
import { compileCondition } from './condition.ts';
import { matchRule } from './match-rule.ts';
import { RequestView } from './request-view.ts';

const path = (...values: string[]): Condition => ({ field: 'path-pattern', values });
const method = (...values: string[]): Condition => ({ field: 'http-request-method', values });

describe('matchRule', () => {
  it('takes the first rule that matches', () => {
    const listener = listenerOf([path('/a/*')], [path('/a/b')], [path('/*')]);
    expect(matchRule(listener, request({ path: '/a/b' })).address).toBe('rule.0');
    expect(matchRule(listener, request({ path: '/b' })).address).toBe('rule.2');
  });

  it('wants every condition of a rule', () => {
    const listener = listenerOf([path('/a'), method('GET')]);
    expect(matchRule(listener, request({ path: '/a' })).address).toBe('rule.0');
    expect(matchRule(listener, request({ path: '/a', method: 'POST' })).priority).toBe('default');
    expect(matchRule(listener, request({ path: '/b' })).priority).toBe('default');
  });

  it('falls to the default rule', () => {
    expect(matchRule(listenerOf(), request())).toMatchObject({ address: 'listener', priority: 'default' });
  });

  it('gives the same answer when it is asked again, and for another listener of the same shape', () => {
    const open = listenerOf([path('/open')]);
    const closed = listenerOf([path('/closed')]);
    const asked = request({ path: '/open' });
    expect([open, open, closed].map((listener) => matchRule(listener, asked).address)).toEqual([
      'rule.0',
      'rule.0',
      'listener',
    ]);
  });

  it('refuses a listener without a default rule rather than let the request fall through', () => {
    const listener = { ...listenerOf(), rules: [] };
    expect(thrown(() => matchRule(listener, request()))).toMatchObject({
      code: 'NO_DEFAULT_RULE',
      address: 'listener',
    });
  });

  it.each([
    [{ path: '/logged-out' }, 'aws_lb_listener_rule.public'],
    [{ path: '/logged-out/' }, 'aws_lb_listener.https'],
    [{ path: '/Logged-Out' }, 'aws_lb_listener.https'],
    [{ path: '/logged-out%2f..%2fadmin' }, 'aws_lb_listener.https'],
    [{ path: '/api/me', host: 'shop.example.com' }, 'aws_lb_listener_rule.api'],
    [{ path: '/api/me', host: 'EU.shop.example.com' }, 'aws_lb_listener_rule.api'],
    [{ path: '/api/me', host: 'other.example.com' }, 'aws_lb_listener.https'],
    [{ query: 'preview=v2', headers: [['x-preview', 'Yes']] }, 'aws_lb_listener_rule.maintenance'],
    [{ query: 'preview=v2', headers: [['x-preview', 'Yes']], sourceIp: '198.51.100.1' }, 'aws_lb_listener.https'],
    [{ query: 'preview=v2' }, 'aws_lb_listener.https'],
  ] as const)('over synthesized JSON: %j meets %s', (changes, expected) => {
    const https = readLoadBalancers(shop())[0]?.listeners.find(({ protocol }) => protocol === 'HTTPS');
    expect(https && matchRule(https, request(changes)).address).toBe(expected);
  });

  it('is the first rule whose conditions hold one by one', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 3 });
    const condition = fc.oneof(
      fc.array(letters, { minLength: 1, maxLength: 2 }).map((values) => path(...values)),
      fc.subarray(['GET', 'POST'], { minLength: 1 }).map((values) => method(...values)),
    );
    const asked = fc.record({
      path: fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }),
      method: fc.constantFrom('GET', 'POST'),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(condition, { minLength: 1, maxLength: 2 }), { maxLength: 5 }),
        asked,
        (rules, changes) => {
          const listener = listenerOf(...rules);
          const holds = (one: Condition): boolean => compileCondition(one, '')(new RequestView(request(changes)));
          const expected = rules.findIndex((conditions) => conditions.every(holds));
          expect(matchRule(listener, request(changes)).address).toBe(expected < 0 ? 'listener' : `rule.${expected}`);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
