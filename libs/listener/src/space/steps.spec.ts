import { describe, expect, it } from '@jest/globals';
import { type Condition, type Listener } from '../model.ts';
import { cognito, forward } from '../testdata/actions.ts';
import { listenerOf, request } from '../testdata/requests.ts';
import { Constraints } from './constraints.ts';
import { Steps } from './steps.ts';

const path = (...values: readonly string[]): Condition => ({ field: 'path-pattern', values });
const steps = (listener: Listener | undefined) => new Steps(listener, new Constraints());

describe('Steps', () => {
  it('are the rules, after the end of a login where there is one', () => {
    const plain = listenerOf([path('/a')]);
    const withLogin = {
      ...plain,
      rules: plain.rules.map((rule) => ({ ...rule, actions: [cognito('deny'), forward] })),
    };
    expect(steps(plain).all.map(({ rule }) => rule?.address)).toEqual(['rule.0', 'listener']);
    expect(steps(withLogin).all.map(({ rule }) => rule?.address)).toEqual([undefined, 'rule.0', 'listener']);
    expect(steps(withLogin).firstOf(request({ path: '/oauth2/idpresponse' }), [0, 1, 2])).toBe(0);
  });

  it('are one that answers nothing where nothing listens', () => {
    expect(steps(undefined).all.map(({ answer }) => answer.outcome.kind)).toEqual(['no-listener']);
  });

  it('find the first of some that takes a request', () => {
    const some = steps(listenerOf([path('/a*')], [path('/*b')], [path('/*')]));
    expect([[0, 1, 2], [1, 2], [2]].map((candidates) => some.firstOf(request({ path: '/ab' }), candidates))).toEqual([
      0, 1, 2,
    ]);
    expect(some.firstOf(request({ path: '/c' }), [0, 1])).toBeUndefined();
  });

  it('know the earlier ones that take a share', () => {
    const some = steps(listenerOf([path('/a*')], [path('/b*')], [path('/*c')], [path('/a')]));
    expect([0, 1, 2, 3, 4].map((index) => some.rivalsOf(index))).toEqual([[], [], [0, 1], [0], [0, 1, 2, 3]]);
  });

  it('pass over a rule that could not be read, or whose regular expression is not understood', () => {
    const regex: Condition = { field: 'path-pattern', values: [], regexValues: ['(?=a)'] };
    const listener = listenerOf([regex], [path('/*')]);
    const some = steps({
      ...listener,
      rules: listener.rules.map((rule, index) => (index === 1 ? { ...rule, unread: ['what'] } : rule)),
    });
    expect(some.all.map(({ unread }) => unread.length)).toEqual([1, 1, 0]);
    expect(some.rivalsOf(2)).toEqual([]);
  });
});
