import { describe, expect, it } from '@jest/globals';
import { planSchema } from '../plan/schema.ts';
import { taintOf } from './taint.ts';

const expression = (...references: readonly string[]): object => ({ references });
const plan = (outputs: object, resources: object = {}, marked: readonly string[] = []) =>
  planSchema.parse({
    format_version: '1.2',
    planned_values: {},
    output_changes: Object.fromEntries(
      Object.keys(outputs).map((name) => [name, { actions: ['no-op'], after_sensitive: marked.includes(name) }]),
    ),
    configuration: {
      root_module: {
        outputs: Object.fromEntries(
          Object.entries(outputs).map(([name, each]) => [name, { expression: each as unknown }]),
        ),
        resources: Object.entries(resources).map(([address, expressions]) => ({
          address,
          expressions: expressions as unknown,
        })),
      },
    },
  });

describe('taintOf', () => {
  const taint = taintOf([
    { stack: 'a', plan: plan({ secret: expression('aws_x.y.z'), plain: expression('aws_x.y.w') }, {}, ['secret']) },
    {
      stack: 'b',
      plan: plan(
        { handedOn: expression('aws_b.one.derived'), other: expression('aws_b.two.name') },
        {
          'aws_b.one': {
            input: expression('data.terraform_remote_state.a.outputs.secret', 'data.terraform_remote_state.a'),
          },
          'aws_b.two': {
            name: expression('data.terraform_remote_state.a.outputs.plain'),
            value: [{ deep: expression('aws_b.one.input') }],
          },
        },
      ),
    },
    {
      stack: 'c',
      plan: plan(
        {},
        {
          'aws_c.one': {
            far: expression('local.terraform_remote_state.b.outputs.last'),
            any: expression('data.terraform_remote_state.elsewhere.outputs.secret'),
          },
        },
      ),
    },
  ]);

  it.each([
    ['b', 'aws_b.one', 'input', true],
    ['b', 'aws_b.one["key"]', 'input', true],
    ['b', 'aws_b.two', 'value', true],
    ['b', 'aws_b.two', 'name', false],
    ['c', 'aws_c.one', 'any', true],
    ['c', 'aws_c.one', 'far', false],
  ] as const)('%s/%s.%s: %s', (stack, address, argument, expected) => {
    expect(taint.holds(stack, address, argument)).toBe(expected);
  });

  it('goes on out of the stack that it came to', () => {
    const further = taintOf([
      { stack: 'a', plan: plan({ secret: expression('aws_x.y.z') }, {}, ['secret']) },
      { stack: 'b', plan: plan({ handedOn: expression('local.terraform_remote_state.a.outputs.secret') }) },
      {
        stack: 'c',
        plan: plan({}, { 'aws_c.one': { far: expression('data.terraform_remote_state.b.outputs.handedOn') } }),
      },
    ]);
    expect(further.outputHolds('b', 'handedOn')).toBe(true);
    expect(further.holds('c', 'aws_c.one', 'far')).toBe(true);
  });
});
