import { describe, expect, it } from '@jest/globals';
import { Testing } from 'cdktf';

import { type Environment } from './environments/index.ts';
import { local } from './environments/local.ts';
import { prod } from './environments/prod.ts';
import { GatehouseStack } from './gatehouse-stack.ts';
import { type Block } from './terraform/synthesized.ts';

class Empty extends GatehouseStack {}

const json = (environment: Environment) =>
  JSON.parse(Testing.synth(new Empty(Testing.app(), 'ecr', environment))) as Record<'provider' | 'terraform', Block>;

describe('GatehouseStack', () => {
  it('works in the account and region of its environment and in no other, and tags everything', () => {
    expect(json(prod).provider['aws']).toEqual([
      {
        region: 'eu-west-1',
        allowed_account_ids: ['222222222222'],
        default_tags: [
          { tags: { project: 'gatehouse', environment: 'prod', stack: 'ecr', 'managed-by': 'terraform' } },
        ],
      },
    ]);
  });

  it('keeps its state encrypted and locked in the bucket, under a key of its own', () => {
    expect(json(prod).terraform).toMatchObject({
      required_version: '>= 1.10',
      backend: {
        s3: {
          bucket: 'gatehouse-state-222222222222',
          key: 'prod/ecr.tfstate',
          region: 'eu-west-1',
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
  });

  it('keeps a local state at a relative path, the same on every machine', () => {
    expect(json(local).terraform['backend']).toEqual({ local: { path: '../../state/local/ecr.tfstate' } });
  });
});
