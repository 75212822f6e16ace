import { describe, expect, it } from '@jest/globals';
import { changeOf } from '../testdata/change-of.ts';
import { changedResources } from './changed-resource.ts';

describe('changedResources', () => {
  it('shows what was given, and counts tags and what AWS computes', () => {
    const before = { name: 'a', arn: 'arn:a', version: 1, tags: { x: '1' }, tags_all: { x: '1' } };
    const after = {
      name: 'b',
      arn: '(known after apply)',
      version: '(known after apply)',
      tags: { x: '2' },
      tags_all: { x: '2' },
    };
    const [row] = changedResources([changeOf('aws_x.y', before, after, { written: { name: {}, tags: {} } })]);
    expect(row).toMatchObject({ differences: [{ path: 'name', before: 'a', after: 'b' }], folded: 4 });
  });

  it('shows what forces a replacement, though nobody wrote it', () => {
    const [row] = changedResources([
      changeOf(
        'aws_x.y',
        { arn: 'arn:a' },
        { arn: '(known after apply)' },
        { written: {}, action: 'delete-then-create', replacePaths: [['arn']] },
      ),
    ]);
    expect(row?.differences).toHaveLength(1);
  });

  it('leaves out what does not change, and keeps what is moved or imported', () => {
    const same = {};
    const rows = changedResources([
      changeOf('aws_x.same', same, same),
      changeOf('aws_x.read', undefined, {}, { mode: 'data', action: 'read' }),
      changeOf('aws_x.moved', same, same, { previousAddress: 'aws_x.old' }),
      changeOf('aws_x.imported', same, same, { importing: 'x-1' }),
      changeOf('aws_x.deposed', {}, undefined, { deposed: 'abcd' }),
    ]);
    expect(rows.map(({ address }) => address)).toEqual([
      'aws_x.deposed (deposed abcd)',
      'aws_x.imported',
      'aws_x.moved',
    ]);
  });
});
