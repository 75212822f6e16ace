import { describe, expect, it } from '@jest/globals';
import { match } from '../match/match.ts';
import { documentWith, forward, jwt, oidc, terraformOutput } from '../testdata/documents.ts';
import { request } from '../testdata/requests.ts';
import { readTerraform, type ReadLoadBalancers } from './read-terraform.ts';

const rulesOf = ({ loadBalancers }: ReadLoadBalancers) =>
  loadBalancers.flatMap(({ listeners }) => listeners.flatMap(({ rules }) => rules));

describe('readTerraform', () => {
  it.each(['create.plan', 'change.plan', 'shown.state', 'stored.state'] as const)('reads a %s of Terraform', (name) => {
    const reading = readTerraform(terraformOutput(name));
    expect(reading.problems).toEqual([]);
    expect(JSON.stringify(reading)).not.toContain('hush');
    const [{ listeners } = { listeners: [] }] = reading.loadBalancers;
    expect(listeners.map(({ address, rules }) => [address, rules.map(({ priority }) => priority)])).toEqual([
      ['aws_lb_listener.http', ['default']],
      ['aws_lb_listener.https', [10, 20, 30, 'default']],
    ]);
    const https = listeners[1];
    expect(https?.certificates).toHaveLength(2);
    expect(https && match(https, request({ sourceIp: '198.51.100.1' })).answer.login).toMatchObject({
      provider: { kind: 'cognito' },
    });
    expect(https?.rules[1]).toMatchObject({
      conditions: [
        { field: 'host-header', values: ['beta.example.com'] },
        { field: 'http-header', name: 'X-Beta', values: ['yes'] },
        { field: 'query-string', values: [{ value: 'beta*' }, { key: 'v', value: '2' }] },
      ],
      actions: [
        { type: 'authenticate-oidc', issuer: 'https://issuer.example' },
        { type: 'forward', stickinessSeconds: 600 },
      ],
    });
  });

  it('names target groups by address on both sides of a plan', () => {
    const reading = readTerraform(terraformOutput('change.plan'));
    const forwards = [reading, reading.kind === 'plan' ? reading.before : reading].map((side) =>
      rulesOf(side).flatMap(({ actions }) => actions.filter(({ type }) => type === 'forward')),
    );
    expect(forwards[0]).toEqual(forwards[1]);
    expect(forwards[0]?.[0]).toMatchObject({ targetGroups: [{ arn: '${aws_lb_target_group.app.arn}' }] });
  });

  it('reads newer actions and conditions', () => {
    const transform = [{ type: 'url-rewrite', url_rewrite_config: [{ rewrite: [{ regex: '^/a', replace: '/b' }] }] }];
    const condition = [{ path_pattern: [{ regex_values: ['^/a'] }] }];
    const { problems, ...read } = readTerraform(
      documentWith({ rule: { action: [jwt, forward], condition, transform } }),
    );
    expect(problems).toEqual([]);
    expect(rulesOf({ ...read, problems })[0]).toMatchObject({
      conditions: [{ field: 'path-pattern', values: [], regexValues: ['^/a'] }],
      actions: [{ type: 'jwt-validation' }, { type: 'forward' }],
      transforms: [{ type: 'url-rewrite', regex: '^/a', replace: '/b' }],
    });
  });

  it.each([
    ['an argument', { jwt_claim: {} }, 'UNKNOWN_FIELD'],
    ['a condition', { condition: [{ client_certificate: {} }] }, 'UNKNOWN_CONDITION'],
    ['an action', { action: [{ type: 'authenticate-saml' }, forward] }, 'UNKNOWN_ACTION'],
    ['two logins', { action: [oidc, { ...jwt, order: 2 }, { ...forward, order: 3 }] }, 'UNSUPPORTED_FEATURE'],
  ])('keeps a rule with %s that is not known, as one that may do anything', (_, rule, code) => {
    const reading = readTerraform(documentWith({ rule }));
    expect(reading.problems).toMatchObject([{ code, address: 'aws_lb_listener_rule.one' }]);
    expect(rulesOf(reading)[0]).toEqual({
      address: 'aws_lb_listener_rule.one',
      priority: 1,
      conditions: [],
      actions: [],
      unread: [reading.problems[0]?.message],
    });
  });

  it('keeps a rule whose priority is not known, and tries it first', () => {
    const reading = readTerraform(documentWith({ rule: { priority: '${var.priority}' } }));
    expect(rulesOf(reading).map(({ priority, unread }) => [priority, unread?.length])).toEqual([
      [0, 1],
      ['default', undefined],
    ]);
  });

  it('keeps a default rule that is not known', () => {
    const reading = readTerraform(
      documentWith({ listener: { default_action: [{ type: 'authenticate-saml' }, forward] } }),
    );
    expect(rulesOf(reading).at(-1)?.unread).toHaveLength(1);
  });

  it('reads on past what is wrong elsewhere, and reports all of it', () => {
    const reading = readTerraform(
      documentWith({
        alb: { waf: true },
        app: { target_type: 'lambda', newer: 1 },
        listener: { newer: 1, mutual_authentication: { mode: 'verify' } },
        rule: { priority: 0, condition: [{ path_pattern: { values: ['/a', '/b', '/c', '/d', '/e', '/f'] } }] },
      }),
    );
    expect(reading.problems.map(({ code }) => code).toSorted()).toEqual([
      'INVALID_FIELD',
      'LIMIT_EXCEEDED',
      'UNKNOWN_FIELD',
      'UNKNOWN_FIELD',
      'UNKNOWN_FIELD',
      'UNSUPPORTED_FEATURE',
    ]);
    const [listener] = reading.loadBalancers[0]?.listeners ?? [];
    expect(listener?.unread).toHaveLength(2);
    expect(listener?.rules.at(-1)?.actions).toEqual([
      { type: 'forward', targetGroups: [{ arn: '${aws_lb_target_group.app.arn}', weight: 1 }] },
    ]);
  });

  it('reports a rule of a listener that is not there', () => {
    const reading = readTerraform(documentWith({ rule: { listener_arn: 'arn:elsewhere' } }));
    expect(reading.problems).toMatchObject([{ code: 'UNKNOWN_REFERENCE', address: 'aws_lb_listener_rule.one' }]);
  });
});
