import { expect, it } from '@jest/globals';

import { orphanProbe, readOrphanProbe } from './orphan-probe.ts';

it('asks for what bears all of the tags, and for the clients of the pools', () => {
  expect(orphanProbe({}, { region: 'eu-west-1', tags: { stack: 'alb' }, pools: ['pool-1'] })).toMatchObject({
    data: {
      aws_resourcegroupstaggingapi_resources: { made: { tag_filter: [{ key: 'stack', values: ['alb'] }] } },
      aws_cognito_user_pool_clients: { of: { for_each: { 'pool-1': 'pool-1' } } },
    },
  });
});

it('reads the answer, and no other', () => {
  const made = { after: [{ resource_arn: 'arn:1', tags: { a: 'b' } }, { resource_arn: 'arn:2' }] };
  const clients = { after: [{ user_pool_id: 'p', client_ids: ['1', '2'], client_names: ['one', 'two'] }] };
  expect(readOrphanProbe({ output_changes: { made, clients } })).toEqual({
    tagged: [
      { arn: 'arn:1', tags: { a: 'b' } },
      { arn: 'arn:2', tags: {} },
    ],
    clients: [
      { pool: 'p', id: '1', name: 'one' },
      { pool: 'p', id: '2', name: 'two' },
    ],
  });
  expect(() => readOrphanProbe({ output_changes: { made } })).toThrow('clients');
});
