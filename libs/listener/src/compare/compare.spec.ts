import { describe, expect, it } from '@jest/globals';
import { type Action, type Condition, type Listener, type Rule } from '../model.ts';
import { readTerraform } from '../read/read-terraform.ts';
import { cognito, forward, notFound } from '../testdata/actions.ts';
import { terraformOutput } from '../testdata/documents.ts';
import { listenerOf } from '../testdata/requests.ts';
import { compare } from './compare.ts';

const path = (...values: readonly string[]): readonly Condition[] => [{ field: 'path-pattern', values }];
const login = [cognito('authenticate'), forward];

function rule(priority: number, conditions: readonly Condition[], actions: readonly Action[], address?: string): Rule {
  return { address: address ?? `rule.${JSON.stringify(conditions)}`, priority, conditions, actions };
}

function listener(...rules: readonly Rule[]): Listener {
  const sorted = rules.toSorted((one, other) => Number(one.priority) - Number(other.priority));
  return {
    ...listenerOf(),
    rules: [...sorted, { address: 'listener', priority: 'default', conditions: [], actions: login }],
  };
}

const readings = (before: Listener | undefined, after: Listener | undefined) =>
  compare(before, after, { hosts: ['app.example.com'] }).changes.map(({ effect, reading }) => [effect, reading]);

describe('compare', () => {
  const admin = rule(20, path('/admin/*'), login);
  const open = rule(30, path('/admin/x*'), [forward]);

  it('reads as a sentence', () => {
    expect(readings(listener(admin, open), listener({ ...admin, priority: 30 }, { ...open, priority: 20 }))).toEqual([
      ['opens', 'GET https://app.example.com/admin/x: login before, open after; rule 20 now precedes rule 30'],
    ]);
  });

  it.each([
    ['renumbered', listener(admin, open), listener({ ...admin, priority: 1 }, { ...open, priority: 50_000 })],
    [
      'reordered, and do not meet',
      listener(rule(1, path('/a*'), [forward]), rule(2, path('/b*'), [notFound])),
      listener(rule(2, path('/a*'), [forward]), rule(1, path('/b*'), [notFound])),
    ],
    [
      'reordered, and answer alike',
      listener(rule(1, path('/a*'), [forward]), rule(2, path('/*b'), [forward])),
      listener(rule(2, path('/a*'), [forward]), rule(1, path('/*b'), [forward])),
    ],
    [
      'split in two',
      listener(rule(1, path('/a', '/b'), [forward])),
      listener(rule(1, path('/a'), [forward]), rule(2, path('/b'), [forward])),
    ],
    [
      'written in another way',
      listener(rule(1, path('/a*'), [forward])),
      listener(rule(1, path('/a', '/a?*'), [forward])),
    ],
    [
      'said twice',
      listener(rule(1, path('/a*'), [forward])),
      listener(rule(1, path('/a*'), [forward]), rule(2, path('/ab'), [notFound])),
    ],
    ['of what the default rule does anyway', listener(), listener(rule(1, path('/a'), login))],
    ['nowhere', undefined, undefined],
  ])('finds nothing in rules that are %s', (_, before, after) => {
    expect(compare(before, after)).toEqual({ changes: [], undecided: [] });
    expect(compare(after, before)).toEqual({ changes: [], undecided: [] });
  });

  it.each([
    [
      'a new rule',
      listener(),
      listener(rule(7, path('/a'), [forward])),
      'opens',
      'login before, open after; rule 7 is new',
    ],
    [
      'a rule that is gone',
      listener(rule(7, path('/a'), [forward])),
      listener(),
      'closes',
      'open before, login after; rule 7 is gone',
    ],
    [
      'other actions',
      listener(rule(7, path('/a'), [forward])),
      listener(rule(7, path('/a'), [notFound])),
      'closes',
      'open before, answer 404 after; rule 7 answers differently',
    ],
    [
      'a wider condition',
      listener(rule(7, path('/b'), [forward], 'rule.x')),
      listener(rule(7, path('/a', '/b'), [forward], 'rule.x')),
      'opens',
      'login before, open after; rule 7 now matches it',
    ],
    [
      'a narrower condition',
      listener(rule(7, path('/a', '/b'), [forward], 'rule.x')),
      listener(rule(7, path('/b'), [forward], 'rule.x')),
      'closes',
      'open before, login after; rule 7 no longer matches it',
    ],
  ] as const)('says why: %s', (_, before, after, effect, said) => {
    expect(readings(before, after)).toEqual([[effect, `GET https://app.example.com/a: ${said}`]]);
  });

  it('knows a listener that is new, and one that is gone', () => {
    const only = {
      ...listenerOf(),
      rules: [{ address: 'listener', priority: 'default', conditions: [], actions: [forward] }],
    } as const;
    expect(readings(undefined, only)).toEqual([
      ['opens', 'GET https://app.example.com/: no listener before, open after; the listener is new'],
    ]);
    expect(readings(only, undefined)).toEqual([
      ['closes', 'GET https://app.example.com/: open before, no listener after; the listener is gone'],
    ]);
    expect(compare(undefined, only).changes[0]).toMatchObject({ before: { rule: '' }, after: { rule: 'listener' } });
  });

  it('sees that a mistake of one character opens what two rules guarded', () => {
    const guard = rule(1, path('/admin*'), login, 'rule.guard');
    const everything = rule(2, path('/*'), [forward]);
    const before = listener(guard, everything);
    const after = listener({ ...guard, conditions: path('/admin/*') }, everything);
    expect(readings(before, after)).toEqual([
      ['opens', 'GET https://app.example.com/admin: login before, open after; rule 1 no longer matches it'],
    ]);
  });

  it('takes no rule that could not be read for unchanged, unless nothing changed at all', () => {
    const unknown: Rule = { ...rule(5, [], []), unread: ['what'] };
    expect(compare(listener(unknown), listener(unknown)).undecided).toEqual([]);
    expect(compare(listener(unknown, open), listener(unknown)).undecided).toMatchObject([{ priority: 5 }]);
    expect(compare(listener(open), { ...listener(open), unread: ['what'] }).undecided).toMatchObject([
      { rule: 'listener' },
    ]);
  });

  it('says of what costs too much that it is not decided', () => {
    const regex = (letter: string): readonly Condition[] => [
      {
        field: 'path-pattern',
        values: [],
        regexValues: [`^/[ab]*${letter}[ab]{30}$`, '^/[ab]{0,30}$', '[^ab/]'],
      },
    ];
    const rules = [rule(1, regex('a'), login), rule(2, regex('b'), login), rule(3, path('/*/*'), login)];
    const { undecided, changes } = compare(listener(...rules), {
      ...listener(...rules),
      rules: [...rules, { address: 'listener', priority: 'default', conditions: [], actions: [forward] }],
    });
    expect([undecided.map(({ rule: address }) => address), changes]).toEqual([['listener'], []]);
  });

  it('does not pass over a transform that came or changed: the target is asked for something else', () => {
    const rewriting = (replace: string): Rule => ({
      ...open,
      transforms: [{ type: 'url-rewrite', regex: '^/admin/x', replace }],
    });
    for (const [before, after] of [
      [open, rewriting('/a')],
      [rewriting('/a'), rewriting('/b')],
    ] as const) {
      const [change, ...others] = compare(listener(before), listener(after)).changes;
      expect(others).toEqual([]);
      expect(change).toMatchObject({ effect: 'other', witness: { path: '/admin/x' } });
      expect(change?.after.answer).toMatchObject({ outcome: { transforms: after.transforms } });
      const [, was, is] = /: (.+) before, (.+) after; /.exec(change?.reading ?? '') ?? [];
      expect(was).not.toBe(is);
    }
  });

  it('reads a plan of Terraform', () => {
    const reading = readTerraform(terraformOutput('change.plan'));
    const before = reading.kind === 'plan' ? reading.before : undefined;
    const https = (loadBalancers = reading.loadBalancers) =>
      loadBalancers.flatMap(({ listeners }) => listeners).find(({ port }) => port === 443);
    expect(readings(https(before?.loadBalancers), https())).toEqual([
      [
        'opens',
        'GET https://beta.example.com/open/?v=2 with x-beta: yes: login before, open after; rule 10 now matches it',
      ],
      [
        'opens',
        'GET https://app.example.com/open/ from 192.0.2.1: answer 404 before, open after; rule 10 now matches it',
      ],
      ['opens', 'GET https://app.example.com/open/: login before, open after; rule 10 now matches it'],
    ]);
  });
});
