import { describe, expect, it } from '@jest/globals';
import { Secrets } from '../secrets/secrets.ts';
import { thrown } from '../testdata/thrown.ts';
import { readPlan } from './read-plan.ts';
import { planSchema } from './schema.ts';

const around = {
  taint: { holds: () => false, outputHolds: () => false },
  assumptions: [],
  sources: new Map([['aws_x.y', { construct: 'app/y' }]]),
};
const read = (more: object, secrets = new Secrets()) =>
  readPlan(
    { stack: 'app', plan: planSchema.parse({ format_version: '1.2', planned_values: {}, ...more }) },
    { ...around, secrets },
  );
const change = (more: object, change_: object) => ({
  resource_changes: [
    {
      address: 'aws_x.y[0]',
      mode: 'managed',
      type: 'aws_x',
      name: 'y',
      ...more,
      change: { actions: ['update'], ...change_ },
    },
  ],
});
const configuration = (expressions: object) => ({
  configuration: { root_module: { resources: [{ address: 'aws_x.y', expressions }] } },
});

describe('readPlan', () => {
  it('gives both sides without secrets, and what is not known by the reference it comes from', () => {
    const { changes } = read({
      ...change(
        { previous_address: 'aws_x.old', action_reason: 'replace_by_request' },
        {
          before: { a: 1, hidden: 'the old secret' },
          after: { a: 2, hidden: 'the new secret' },
          after_unknown: { b: true },
          before_sensitive: { hidden: true },
          after_sensitive: { hidden: true },
          importing: { id: 'x-1' },
        },
      ),
      ...configuration({ a: { constant_value: 2 }, b: { references: ['aws_z.z.id', 'aws_z.z'] } }),
    });
    expect(changes).toEqual([
      expect.objectContaining({
        address: 'aws_x.y[0]',
        previousAddress: 'aws_x.old',
        reason: 'replace_by_request',
        action: 'update',
        importing: 'x-1',
        source: { construct: 'app/y' },
        before: { a: 1, hidden: 'hidden-1' },
        after: { a: 2, b: '${aws_z.z.id}', hidden: 'hidden-2' },
      }),
    ]);
  });

  it('hides a resource that is sensitive as a whole, argument by argument', () => {
    const [only] = read(
      change(
        {},
        {
          before: { a: 'one secret', b: null },
          after: { a: 'two secrets' },
          before_sensitive: true,
          after_sensitive: true,
        },
      ),
    ).changes;
    expect([only?.before, only?.after]).toEqual([{ a: 'hidden-1', b: null }, { a: 'hidden-2' }]);
  });

  it('hides what is derived, though no mark says so', () => {
    const taint = {
      holds: (_: string, address: string, argument: string) => address === 'aws_x.y[0]' && argument === 'a',
      outputHolds: () => true,
    };
    const plan = planSchema.parse({
      format_version: '1.2',
      planned_values: {},
      ...change({}, { before: { a: 'derived value' }, after: { a: 'derived value' } }),
      output_changes: { o: { actions: ['update'], before: 'derived value', after: 'another derived' } },
    });
    const { changes, outputs } = readPlan({ stack: 'app', plan }, { ...around, taint, secrets: new Secrets() });
    expect(changes[0]?.after).toEqual({ a: 'hidden-1' });
    expect(outputs).toMatchObject([{ before: 'hidden-1', after: 'hidden-2' }]);
  });

  it('says why a plan is not all there will be', () => {
    const deferred = { reason: 'instance_count_unknown', resource_change: change({}, {}).resource_changes[0] };
    expect(
      read({
        complete: false,
        deferred_changes: [deferred],
        checks: [
          { address: { to_display: 'check.a' }, status: 'fail' },
          { address: { to_display: 'check.b' }, status: 'pass' },
        ],
      }).incomplete,
    ).toEqual(['Terraform put aws_x.y[0] off (instance count unknown)', 'The check check.a does not pass']);
    expect(read({ complete: false }).incomplete).toHaveLength(1);
    expect(read({}).incomplete).toEqual([]);
  });

  it('refuses a plan in which a change is missing, also in a module, and none of what was put off', () => {
    const resource = { address: 'module.m.aws_x.z', mode: 'managed' };
    const planned_values = {
      root_module: { child_modules: [{ resources: [resource, { address: 'data.x.y', mode: 'data' }] }] },
    };
    expect(thrown(() => read({ planned_values })).code).toBe('PLAN_MALFORMED');
    const [only] = change({ address: resource.address }, {}).resource_changes;
    expect(read({ planned_values, deferred_changes: [{ resource_change: only }] }).changes).toEqual([]);
  });
});
