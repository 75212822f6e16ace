import { describe, expect, it } from '@jest/globals';
import { anyPath, authenticate, documentWith, forward } from '../testdata/documents.ts';
import { thrown } from '../testdata/thrown.ts';
import { readLoadBalancers } from './read-load-balancers.ts';

const reading = (listener: Readonly<Record<string, unknown>>) => () =>
  readLoadBalancers(documentWith({ listener }))[0]?.listeners[0];

describe('a listener', () => {
  it('puts its rules by priority, the default rule last', () => {
    const rule = (priority: number) => ({
      listener_arn: '${aws_lb_listener.https.arn}',
      priority,
      condition: [anyPath],
      action: [forward],
    });
    const document = documentWith();
    const resource = {
      ...(document['resource'] as object),
      aws_lb_listener_rule: { a: rule(100), b: rule(9), c: rule(20) },
    };
    const rules = readLoadBalancers({ resource })[0]?.listeners[0]?.rules ?? [];
    expect(rules.map(({ priority }) => priority)).toEqual([9, 20, 100, 'default']);
    expect(rules.at(-1)).toMatchObject({ address: 'aws_lb_listener.https', conditions: [] });
  });

  it('is HTTP when it names no protocol', () => {
    expect(reading({ protocol: undefined, port: '80' })()).toMatchObject({ protocol: 'HTTP', port: 80 });
  });

  it('accepts mutual TLS that is off', () => {
    expect(reading({ mutual_authentication: [{ mode: 'off' }] })).not.toThrow();
  });

  it.each([
    ['no port', { port: undefined }, 'INVALID_FIELD'],
    ['a port not known yet', { port: '${var.port}' }, 'UNRESOLVED_VALUE'],
    ['another protocol', { protocol: 'TCP' }, 'INVALID_FIELD'],
    ['no default action', { default_action: [] }, 'INVALID_FIELD'],
    ['a login over HTTP', { protocol: 'HTTP', default_action: [authenticate, forward] }, 'AUTHENTICATION_ON_HTTP'],
    ['mutual TLS', { mutual_authentication: { mode: 'verify', trust_store_arn: 'arn:x' } }, 'UNSUPPORTED_FEATURE'],
    ['an unknown argument', { jwt_validation: {} }, 'UNKNOWN_FIELD'],
  ])('is refused for %s', (_, listener, code) => {
    expect(thrown(reading(listener))).toMatchObject({ code, address: 'aws_lb_listener.https' });
  });

  it('is refused when two rules have one priority', () => {
    const document = documentWith() as { resource: { aws_lb_listener_rule: { one: object } } };
    const { one } = document.resource.aws_lb_listener_rule;
    const resource = { ...document.resource, aws_lb_listener_rule: { one, two: one } };
    const error = thrown(() => readLoadBalancers({ resource }));
    expect(error).toMatchObject({ code: 'DUPLICATE_PRIORITY', address: 'aws_lb_listener_rule.two' });
    expect(error.message).toContain('aws_lb_listener_rule.one');
  });
});
