import { describe, expect, it } from '@jest/globals';
import { sourcesOf } from './sources.ts';

describe('sourcesOf', () => {
  it('gives the construct of each resource that has one', () => {
    const body = { '//': { metadata: { path: 'alb/https', uniqueId: 'https' } } };
    const json = { resource: { aws_lb_listener: { https: body, other: {} } } };
    expect([...sourcesOf(json, 'cdk.tf.json')]).toEqual([
      ['aws_lb_listener.https', { construct: 'alb/https', file: 'cdk.tf.json' }],
    ]);
    expect([...sourcesOf(json).values()]).toEqual([{ construct: 'alb/https' }]);
  });

  it.each([undefined, {}, { resource: [] }, 'x'])('gives none for %j', (json) => {
    expect(sourcesOf(json).size).toBe(0);
  });
});
