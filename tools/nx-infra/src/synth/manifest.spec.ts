import { describe, expect, it } from '@jest/globals';

import { readManifest } from './manifest.ts';

const manifest = (dependencies: Readonly<Record<string, readonly string[]>>): unknown => ({
  version: '0.21.0',
  stacks: Object.fromEntries(
    Object.entries(dependencies).map(([name, on]) => [
      name,
      { name, synthesizedStackPath: `stacks/${name}/cdk.tf.json`, dependencies: on, annotations: [] },
    ]),
  ),
});
const empty = (): Promise<unknown> => Promise.resolve({});

describe('readManifest', () => {
  it('reads the JSON of every stack', async () => {
    const paths: string[] = [];
    const stacks = await readManifest(manifest({ network: [] }), (path) => {
      paths.push(path);
      return Promise.resolve({ resource: { aws_vpc: { vpc: { cidr_block: '10.0.0.0/16' } } } });
    });
    expect(paths).toEqual(['stacks/network/cdk.tf.json']);
    expect(stacks.get('network')?.terraform.resource['aws_vpc']?.['vpc']).toEqual({ cidr_block: '10.0.0.0/16' });
  });

  it('puts a stack after those it depends on', async () => {
    const stacks = await readManifest(manifest({ ecs: ['alb', 'ecr'], alb: ['network'], ecr: [], network: [] }), empty);
    expect([...stacks.keys()]).toEqual(['network', 'alb', 'ecr', 'ecs']);
  });

  it.each([
    ['no manifest', {}, empty],
    ['a circle', manifest({ a: ['b'], b: ['a'] }), empty],
    ['JSON that is not Terraform', manifest({ a: [] }), () => Promise.resolve({ resource: [] })],
  ])('refuses %s', async (_case, json, read) => {
    await expect(readManifest(json, read)).rejects.toMatchObject({ code: 'MANIFEST_INVALID' });
  });
});
