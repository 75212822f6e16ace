import { describe, expect, it } from '@jest/globals';
import { expressionsOf, moduleOf, withoutKeys } from './configuration.ts';

describe('expressionsOf', () => {
  it('finds resources in modules, by their address', () => {
    const empty = { outputs: {}, variables: {}, module_calls: {} };
    const inner = { ...empty, resources: [{ address: 'aws_x.y', expressions: { a: 1 } }] };
    const all = expressionsOf({
      ...empty,
      resources: [{ address: 'aws_z.z', expressions: {} }],
      module_calls: { m: { expressions: {}, module: inner } },
    });
    expect([...all]).toEqual([
      ['aws_z.z', {}],
      ['module.m.aws_x.y', { a: 1 }],
    ]);
    expect(expressionsOf(undefined).size).toBe(0);
  });
});

describe('addresses', () => {
  it.each([
    ['aws_x.y', 'aws_x.y', ''],
    ['aws_x.y[0]', 'aws_x.y', ''],
    ['module.m["a.b]"].aws_x.y["c[0]"]', 'module.m.aws_x.y', 'module.m["a.b]"].'],
    ['module.m.module.n[1].aws_x.y', 'module.m.module.n.aws_x.y', 'module.m.module.n[1].'],
  ])('%s is written as %s, in %j', (address, written, module) => {
    expect([withoutKeys(address), moduleOf(address)]).toEqual([written, module]);
  });
});
