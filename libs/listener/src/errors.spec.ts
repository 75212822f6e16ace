import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ListenerError, type ListenerErrorCode, listenerErrorCodes } from './errors.ts';
import { matchRule } from './match/match-rule.ts';
import { readLoadBalancers } from './read/read-load-balancers.ts';
import { validate } from './read/validate.ts';
import { anyPath, authenticate, documentWith, forward, tooManyRules } from './testdata/documents.ts';
import { listenerOf, request } from './testdata/requests.ts';
import { thrown } from './testdata/thrown.ts';

const reading = (changes: Parameters<typeof documentWith>[0]) => () => readLoadBalancers(documentWith(changes));

const twice = (type: string, name: string) => () => {
  const { resource } = documentWith() as { resource: Record<string, Record<string, object>> };
  const body = resource[type]?.[name];
  return readLoadBalancers({ resource: { ...resource, [type]: { [name]: body, twin: body } } });
};

function raised(problems: readonly ListenerError[], code: ListenerErrorCode): never {
  throw problems.find((problem) => problem.code === code) ?? new Error(`No ${code}`);
}

/** A way to raise each code; a code without one does not compile. */
const raisedBy: Readonly<Record<ListenerErrorCode, () => unknown>> = {
  NOT_TERRAFORM_JSON: () => readLoadBalancers({ planned_values: {} }),
  INVALID_FIELD: reading({ listener: { port: 0 } }),
  UNKNOWN_FIELD: reading({ rule: { jwt_claim: {} } }),
  UNKNOWN_ACTION: reading({ rule: { action: [{ type: 'authenticate-saml' }, forward] } }),
  UNKNOWN_CONDITION: reading({ rule: { condition: [{ jwt_claim: {} }] } }),
  UNSUPPORTED_FEATURE: reading({ rule: { count: 2 } }),
  UNRESOLVED_VALUE: reading({ rule: { condition: [{ host_header: { values: ['${var.domain}'] } }] } }),
  UNKNOWN_REFERENCE: reading({ rule: { listener_arn: 'arn:elsewhere' } }),
  DUPLICATE_ARN: () => readLoadBalancers({ resource: { aws_lb: { one: { arn: 'arn:x' }, two: { arn: 'arn:x' } } } }),
  DUPLICATE_PORT: twice('aws_lb_listener', 'https'),
  DUPLICATE_PRIORITY: twice('aws_lb_listener_rule', 'one'),
  DUPLICATE_CONDITION: reading({ rule: { condition: [anyPath, anyPath] } }),
  DUPLICATE_ORDER: reading({ rule: { action: [authenticate, { ...forward, order: 1 }] } }),
  AUTHENTICATION_ON_HTTP: reading({ listener: { protocol: 'HTTP', default_action: [authenticate, forward] } }),
  ROUTING_ACTION_MISPLACED: reading({ rule: { action: [forward, authenticate] } }),
  INVALID_REDIRECT: reading({ rule: { action: [{ type: 'redirect', redirect: { status_code: 'HTTP_301' } }] } }),
  LIMIT_EXCEEDED: reading({ rule: { condition: [{ path_pattern: { values: ['/******'] } }] } }),
  QUOTA_EXCEEDED: () => raised(validate(tooManyRules()), 'QUOTA_EXCEEDED'),
  NO_CERTIFICATE: () => raised(validate(documentWith()), 'NO_CERTIFICATE'),
  TARGETS_NOT_REACHED: () =>
    raised(
      validate(documentWith({ app: { protocol_version: 'GRPC' }, listener: { protocol: 'HTTP' } })),
      'TARGETS_NOT_REACHED',
    ),
  INVALID_SOURCE_IP: () =>
    matchRule(listenerOf([{ field: 'source-ip', values: ['::/0'] }]), request({ sourceIp: 'unknown' })),
  NO_DEFAULT_RULE: () => matchRule({ ...listenerOf(), rules: [] }, request()),
  RULE_NOT_READ: () =>
    matchRule(
      { ...listenerOf(), rules: [{ address: 'rule', priority: 1, conditions: [], actions: [], unread: ['what'] }] },
      request(),
    ),
};

describe('ListenerError', () => {
  it('says where, what, why and how to mend it', () => {
    const text = { field: 'port', what: 'What', why: 'Why', mend: 'Mend' };
    expect(new ListenerError('INVALID_FIELD', 'aws_lb_listener.https', text)).toMatchObject({
      name: 'ListenerError',
      code: 'INVALID_FIELD',
      address: 'aws_lb_listener.https',
      message: 'aws_lb_listener.https, port: What. Why. Mend.',
    });
    expect(new ListenerError('NOT_TERRAFORM_JSON', '', { what: 'What', why: 'Why', mend: 'Mend' }).message).toBe(
      'What. Why. Mend.',
    );
  });

  it.each(listenerErrorCodes)('%s is raised', (code) => {
    expect(thrown(raisedBy[code]).code).toBe(code);
  });

  it('has a row in the README for each code, and for no other', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code);
    expect(rows.toSorted()).toEqual(listenerErrorCodes.toSorted());
  });
});
