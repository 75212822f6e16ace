import { describe, expect, it } from '@jest/globals';

import { readPathRules } from './path-rules.ts';

type Rules = Parameters<typeof readPathRules>[0];
type Rule = Rules[number];

const forward: Rule['actions'][number] = { type: 'forward', targetGroups: [] };
const login = (onUnauthenticatedRequest: 'allow' | 'deny' | 'authenticate'): Rule['actions'][number] => ({
  type: 'authenticate-cognito',
  userPoolArn: '',
  userPoolClientId: '',
  userPoolDomain: '',
  sessionCookieName: '',
  scope: '',
  sessionTimeoutSeconds: 1,
  onUnauthenticatedRequest,
  authenticationRequestExtraParams: {},
});
const paths = (...values: readonly string[]): Rule['conditions'][number] => ({ field: 'path-pattern', values });
const authorization = (value: string): Rule['conditions'][number] => ({
  field: 'http-header',
  name: 'authorization',
  values: [value],
});
let priority = 0;
const rule = (actions: Rule['actions'], ...conditions: Rule['conditions']): Rule => ({
  address: `rule_${(priority += 1)}`,
  priority,
  conditions,
  actions,
});

describe('readPathRules', () => {
  it('tells open, denied and bearer paths apart', () => {
    expect(
      readPathRules([
        rule([forward], paths('/a', '/b/*')),
        rule([login('allow'), forward], paths('/c')),
        rule([login('deny'), forward], paths('/api/?')),
        rule([login('authenticate'), forward], paths('/d')),
        rule([forward], paths('/m'), authorization('Bearer *')),
        { ...rule([login('authenticate'), forward]), priority: 'default' },
      ]),
    ).toMatchObject({
      open: ['/a', '/b/gatehouse-verify', '/c'],
      denied: ['/api/x'],
      bearer: ['/m'],
      unread: [],
    });
  });

  it('names what it does not read', () => {
    const host = rule([forward], paths('/a'), { field: 'host-header', values: ['x.example'] });
    const basic = rule([forward], paths('/a'), authorization('Basic *'));
    const read = readPathRules([host, basic]);
    expect(read.unread).toEqual([host.address, basic.address]);
    expect(read.open).toEqual([]);
  });

  it('knows an open path as the load balancer does', () => {
    const { isOpen } = readPathRules([rule([forward], paths('/a.css', '/b/*', '/c?'))]);
    for (const path of ['/a.css', '/b/', '/b/x/y', '/cx']) expect([path, isOpen(path)]).toEqual([path, true]);
    for (const path of ['/axcss', '/A.css', '/a.css/', '//a.css', '/b', '/c', '/cxx']) {
      expect([path, isOpen(path)]).toEqual([path, false]);
    }
  });
});
