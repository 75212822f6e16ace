import { describe, expect, it } from '@jest/globals';
import { planSchema } from '../plan/schema.ts';
import { collectSecrets } from './collect.ts';
import { Secrets } from './secrets.ts';

describe('collectSecrets', () => {
  it.each<[string, object]>([
    [
      'a variable',
      {
        variables: { x: { value: 'the canary' } },
        configuration: { root_module: { variables: { x: { sensitive: true } } } },
      },
    ],
    [
      'the default of a variable',
      { configuration: { root_module: { variables: { x: { sensitive: true, default: 'the canary' } } } } },
    ],
    [
      'what is written for the variable of a module',
      {
        configuration: {
          root_module: {
            module_calls: {
              m: {
                expressions: { x: { constant_value: 'the canary' } },
                module: { variables: { x: { sensitive: true } } },
              },
            },
          },
        },
      },
    ],
    ['an output', { planned_values: { outputs: { x: { sensitive: true, value: ['the canary'] } } } }],
    [
      'a resource of a module',
      {
        planned_values: {
          root_module: {
            child_modules: [
              {
                resources: [
                  { address: 'm', values: { a: [{ b: 'the canary' }] }, sensitive_values: { a: [{ b: true }] } },
                ],
              },
            ],
          },
        },
      },
    ],
    [
      'what was put off',
      {
        deferred_changes: [
          {
            resource_change: {
              address: 'x.y',
              mode: 'managed',
              type: 'x',
              name: 'y',
              change: { actions: ['create'], after: { a: 'the canary' }, after_sensitive: { a: true } },
            },
          },
        ],
      },
    ],
  ])('finds %s', (_, more) => {
    const secrets = new Secrets();
    collectSecrets(planSchema.parse({ format_version: '1.2', planned_values: {}, ...more }), secrets);
    expect(secrets.clean('say the canary')).toBe('say hidden-1');
  });

  it('takes nothing that is not marked', () => {
    const secrets = new Secrets();
    collectSecrets(
      planSchema.parse({
        format_version: '1.2',
        planned_values: { outputs: { x: { sensitive: false, value: 'plain text' } } },
      }),
      secrets,
    );
    expect(secrets.count).toBe(0);
  });
});
