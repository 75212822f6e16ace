import { describe, expect, it } from '@jest/globals';
import {
  anyPath,
  authenticate,
  documentWith,
  forward,
  shop,
  terraformOutput,
  tooManyRules,
} from '../testdata/documents.ts';
import { validate } from './validate.ts';

const codes = (json: unknown) => validate(json).map(({ code, address }) => `${code} ${address}`);
const certified = (rule: Readonly<Record<string, unknown>> = {}) =>
  documentWith({ listener: { certificate_arn: 'arn:c' }, rule });

describe('validate', () => {
  it('finds nothing in what AWS accepts', () => {
    expect(validate(shop())).toEqual([]);
    expect(validate(certified())).toEqual([]);
    expect(validate(terraformOutput('create.plan'))).toEqual([]);
  });

  it('finds everything that is wrong with a rule', () => {
    const rule = {
      priority: 50_001,
      condition: [
        anyPath,
        anyPath,
        { host_header: { values: ['localhost'] } },
        { path_pattern: { values: ['/1*', '/2*', '/3*', '/4*', '/5*', '/6*'] } },
      ],
    };
    expect(codes(certified(rule))).toEqual([
      'INVALID_FIELD aws_lb_listener_rule.one',
      'INVALID_FIELD aws_lb_listener_rule.one',
      'DUPLICATE_CONDITION aws_lb_listener_rule.one',
      'LIMIT_EXCEEDED aws_lb_listener_rule.one',
    ]);
  });

  it('wants a default certificate for HTTPS', () => {
    expect(codes(documentWith())).toEqual(['NO_CERTIFICATE aws_lb_listener.https']);
    expect(codes(documentWith({ listener: { protocol: 'HTTP', port: 80 } }))).toEqual([]);
  });

  it.each(['HTTP2', 'GRPC'])('wants nothing but a forward, and HTTPS, before targets that speak %s', (version) => {
    const app = { protocol_version: version };
    const https = { certificate_arn: 'arn:c' };
    expect(codes(documentWith({ app, listener: https }))).toEqual([]);
    expect(codes(documentWith({ app, listener: https, rule: { action: [authenticate, forward] } }))).toEqual([
      'TARGETS_NOT_REACHED aws_lb_listener_rule.one',
    ]);
    expect(codes(documentWith({ app, listener: { protocol: 'HTTP' } }))).toEqual([
      'TARGETS_NOT_REACHED aws_lb_listener_rule.one',
      'TARGETS_NOT_REACHED aws_lb_listener.https',
    ]);
  });

  it('counts against the quotas, default rules left out', () => {
    expect(codes(tooManyRules())).toContain('QUOTA_EXCEEDED aws_lb.alb');
    const { resource } = tooManyRules() as { resource: Record<string, Record<string, unknown>> };
    const rules = Object.fromEntries(Object.entries(resource['aws_lb_listener_rule'] ?? {}).slice(1));
    expect(codes({ resource: { ...resource, aws_lb_listener_rule: rules } })).not.toContain(
      'QUOTA_EXCEEDED aws_lb.alb',
    );
  });

  it('counts certificates, the default one left out', () => {
    const { resource } = certified() as { resource: Record<string, unknown> };
    const more = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `c${index}`,
          { listener_arn: '${aws_lb_listener.https.arn}', certificate_arn: `arn:c${index}` },
        ]),
      );
    expect(codes({ resource: { ...resource, aws_lb_listener_certificate: more(25) } })).toEqual([]);
    expect(codes({ resource: { ...resource, aws_lb_listener_certificate: more(26) } })).toEqual([
      'QUOTA_EXCEEDED aws_lb.alb',
    ]);
  });

  it('looks at every rule', () => {
    const action = [{ ...forward, target_group_arn: 'arn:other' }];
    const { resource } = certified({ action }) as { resource: Record<string, Record<string, object>> };
    const one = resource['aws_lb_listener_rule']?.['one'];
    const rules = { one, two: { ...one, priority: 2 } };
    expect(codes({ resource: { ...resource, aws_lb_listener_rule: rules } })).toEqual([
      'UNKNOWN_REFERENCE aws_lb_listener_rule.one',
      'UNKNOWN_REFERENCE aws_lb_listener_rule.two',
    ]);
  });
});
