import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { redactPlan } from './redact.ts';

const CANARY = 'canary';

describe('redactPlan', () => {
  it.each([
    [
      'before and after of a change',
      {
        change: {
          before: { a: CANARY },
          before_sensitive: { a: true },
          after: { a: CANARY, b: 1 },
          after_sensitive: { a: true },
        },
      },
    ],
    ['values in a state', { values: { a: [{ b: CANARY }] }, sensitive_values: { a: [{ b: true }] } }],
    ['a whole value', { change: { after: { deep: [CANARY] }, after_sensitive: true } }],
    ['an output', { outputs: { o: { sensitive: true, value: CANARY } } }],
  ])('takes out %s', (_case, json) => {
    const text = JSON.stringify(redactPlan({ prior_state: [{ deep: json }] }));
    expect(text).not.toContain(CANARY);
    expect(text).toContain('(sensitive)');
  });

  it('takes out a variable that is declared sensitive', () => {
    const plan = {
      variables: { a: { value: CANARY }, b: { value: 'shown' } },
      configuration: { root_module: { variables: { a: { sensitive: true }, b: {} } } },
    };
    expect(redactPlan(plan)).toMatchObject({ variables: { a: { value: '(sensitive)' }, b: { value: 'shown' } } });
  });

  it('leaves what is not marked, and shows what is absent', () => {
    const change = { before: null, before_sensitive: true, after: { a: 1, b: [1] }, after_sensitive: { b: [false] } };
    expect(redactPlan({ change })).toEqual({ change });
  });

  it('leaves no marked value, wherever it is', () => {
    const names = fc.stringMatching(/^[a-z]{1,4}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(names, fc.nat(2)), { maxLength: 5 }), (path) => {
        const nest = (leaf: unknown): unknown =>
          path.reduceRight<unknown>(
            (inner, key) =>
              typeof key === 'number' ? [...Array.from({ length: key }, () => null), inner] : { [key]: inner },
            leaf,
          );
        const plan = { resource_changes: [{ change: { after: nest(CANARY), after_sensitive: nest(true) } }] };
        expect(JSON.stringify(redactPlan(plan))).not.toContain(CANARY);
      }),
    );
  });
});
