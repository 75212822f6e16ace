import { describe, expect, it } from '@jest/globals';
import { match } from '../match/match.ts';
import { type Action, type Condition, type Listener } from '../model.ts';
import { readLoadBalancers } from '../read/read-load-balancers.ts';
import { cognito, forward, jwt, notFound, toHttps } from '../testdata/actions.ts';
import { shop } from '../testdata/documents.ts';
import { listenerOf } from '../testdata/requests.ts';
import { exposure } from './exposure.ts';

const path = (...values: readonly string[]): Condition => ({ field: 'path-pattern', values });
const host = (...values: readonly string[]): Condition => ({ field: 'host-header', values });
const method = (...values: readonly string[]): Condition => ({ field: 'http-request-method', values });
const source = (...values: readonly string[]): Condition => ({ field: 'source-ip', values });

/** Rules of a condition list and actions, then the default rule's actions. */
function listener(
  last: readonly Action[],
  ...rules: readonly (readonly [readonly Condition[], readonly Action[]])[]
): Listener {
  const plain = listenerOf(...rules.map(([conditions]) => conditions));
  return { ...plain, rules: plain.rules.map((rule, index) => ({ ...rule, actions: rules[index]?.[1] ?? last })) };
}

const login = [cognito('authenticate'), forward];

describe('exposure', () => {
  it('says of each rule which requests it answers, with an example', () => {
    const { regions, shadowed, undecided } = exposure(
      listener(
        login,
        [[path('/public/*')], [forward]],
        [[path('/public/admin*')], login],
        [[path('/api/*')], [jwt, forward]],
      ),
    );
    expect(regions.map(({ rule, except, witness, reach }) => [rule, except, witness.path, reach])).toEqual([
      ['rule.0', [], '/public/', 'ordinary'],
      ['rule.2', [], '/api/', 'ordinary'],
      ['listener', ['listener', 'rule.0', 'rule.1', 'rule.2'], '/', 'ordinary'],
    ]);
    expect(shadowed).toEqual([{ rule: 'rule.1', priority: 2, by: ['rule.0'] }]);
    expect(undecided).toEqual([]);
  });

  it('says of each target who gets there', () => {
    const other: Action = {
      type: 'forward',
      targetGroups: [
        { arn: 'arn:canary', weight: 1 },
        { arn: 'arn:off', weight: 0 },
      ],
    };
    const bearer: Condition = { field: 'http-header', name: 'Authorization', values: ['Bearer *'] };
    const { targets } = exposure(
      listener(
        [notFound],
        [[path('/open')], [forward]],
        [[path('/maybe')], [cognito('allow'), forward]],
        [[path('/in')], login],
        [[bearer], [forward]],
        [[path('/token')], [jwt, other]],
        [[path('/gone')], [toHttps]],
      ),
    );
    const rulesOf = (of: (typeof targets)[number]) =>
      [of.withoutLogin, of.withOptionalLogin, of.afterLogin, of.withBearer].map((regions) =>
        regions.map(({ rule }) => rule),
      );
    expect(targets.map((target) => [target.arn, ...rulesOf(target)])).toEqual([
      ['arn:app', ['rule.0'], ['rule.1'], ['rule.2'], ['rule.3']],
      ['arn:canary', [], [], [], ['rule.4']],
      ['arn:off', [], [], [], []],
    ]);
    expect(targets[0]?.afterLogin[0]?.answer.login).toMatchObject({
      provider: { userPoolArn: 'arn:pool', userPoolClientId: 'client' },
    });
  });

  it.each([
    ['one rule before it', [[path('/*')]], [path('/a*')], ['rule.0']],
    [
      'two that take a half each',
      [[path('/a*'), source('0.0.0.0/0')], [source('::/0')]],
      [path('/ab')],
      ['rule.0', 'rule.1'],
    ],
    ['those that are needed alone', [[path('/a')], [path('/a*')], [path('/b*')]], [path('/ab')], ['rule.1']],
    ['the methods of two', [[method('GET')], [method('POST', 'PUT')]], [method('PUT', 'GET')], ['rule.0', 'rule.1']],
    ['the end of a login', [], [path('/oauth2/idpresponse')], ['listener']],
    ['nothing, when no request is like that', [], [path('a*')], []],
  ] as const)('finds a rule shadowed by %s', (_, before, conditions, by) => {
    const rules = [...before, conditions].map((all) => [all, [forward]] as const);
    expect(exposure(listener(login, ...rules)).shadowed).toContainEqual({
      rule: `rule.${before.length}`,
      priority: before.length + 1,
      by,
    });
  });

  it('looks at patterns as they are: this case, this dot, no dot at all', () => {
    const { regions } = exposure(
      listener(
        [forward],
        [[host('*.example.com')], login],
        [[path('/admin/*')], login],
        [[method('GET', 'POST')], login],
      ),
      { hosts: ['example.com'] },
    );
    expect(regions.at(-1)?.witness).toMatchObject({ host: 'example.com', path: '/', method: 'PUT' });
  });

  it('reports what only an unusual client gets to', () => {
    const everyName: Condition = { field: 'host-header', values: ['*.*'] };
    const { regions } = exposure(listener([forward], [[everyName], login]));
    expect(regions.at(-1)).toMatchObject({ reach: 'any', answer: { login: { kind: 'none' } } });
  });

  it('says of what could not be read that nothing is certain', () => {
    const plain = listener(login, [[path('/a')], [forward]], [[path('/b')], [forward]]);
    const rules = plain.rules.map((rule, index) => (index === 1 ? { ...rule, unread: ['what'] } : rule));
    const read = exposure({ ...plain, rules, unread: ['mutual TLS'] });
    expect(read.undecided).toEqual([
      { rule: 'listener', priority: 'default', why: 'The listener could not be read: mutual TLS' },
      { rule: 'rule.1', priority: 2, why: 'It could not be read: what' },
    ]);
    expect(read.regions.map(({ rule }) => rule)).toEqual(['rule.0', 'listener']);
  });

  it('says of what costs too much that it is not decided', () => {
    const regex = (letter: string): Condition => ({
      field: 'path-pattern',
      values: [],
      regexValues: [`^/[ab]*${letter}[ab]{30}$`, '^/[ab]{0,30}$', '[^ab/]'],
    });
    const { undecided, regions } = exposure(
      listener([forward], [[regex('a')], login], [[regex('b')], login], [[path('/*/*')], login]),
    );
    expect(undecided.map(({ rule }) => rule)).toEqual(['rule.1', 'listener']);
    expect(regions.map(({ rule }) => rule)).toEqual(['rule.0', 'rule.2']);
  });

  it('gives examples that the listener answers as said, over synthesized JSON', () => {
    const listeners = readLoadBalancers(shop()).flatMap(({ listeners }) => listeners);
    for (const one of listeners) {
      const { regions, shadowed, undecided } = exposure(one);
      expect([regions.length, shadowed, undecided]).toEqual([one.rules.length, [], []]);
      for (const { rule, answer, witness } of regions) {
        expect(match(one, witness)).toMatchObject({ rule: { address: rule }, answer });
      }
    }
  });
});
