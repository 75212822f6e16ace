import { describe, expect, it } from '@jest/globals';
import { regionOf } from './region.ts';
import { planSchema } from './schema.ts';

const plan = (more: object) => planSchema.parse({ format_version: '1.2', planned_values: {}, ...more });
const configured = (region: object) => ({ configuration: { provider_config: { aws: { expressions: { region } } } } });
const change = (arn: string) => ({
  resource_changes: [
    { address: 'x.y', mode: 'managed', type: 'x', name: 'y', change: { actions: ['no-op'], after: { arn } } },
  ],
});

describe('regionOf', () => {
  it.each([
    [configured({ constant_value: 'eu-west-1' }), 'eu-west-1'],
    [configured({ references: ['var.region'] }), undefined],
    [{ ...configured({ references: ['var.region'] }), ...change('arn:aws:ecs:us-gov-east-1:1:x') }, 'us-gov-east-1'],
    [change('arn:aws:iam::1:role/x'), undefined],
  ])('%j: %s', (more, region) => {
    expect(regionOf(plan(more))).toBe(region);
  });
});
