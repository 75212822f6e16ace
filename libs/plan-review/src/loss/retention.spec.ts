import { describe, expect, it } from '@jest/globals';
import { changeOf } from '../testdata/change-of.ts';
import { retentionFindings } from './retention.ts';

describe('retentionFindings', () => {
  it.each<[string, unknown, unknown, number]>([
    ['fewer days', 365, 7, 1],
    ['more days', 7, 365, 0],
    ['days in place of ever', 0, 365, 1],
    ['ever in place of days', 365, 0, 0],
    ['what is not known yet', 365, '(known after apply)', 1],
    ['the same', 7, 7, 0],
  ])('has %s', (_case, before, after, count) => {
    const [was, is] = [{ retention_in_days: before }, { retention_in_days: after }];
    expect(retentionFindings([changeOf('aws_cloudwatch_log_group.logs', was, is)])).toHaveLength(count);
  });

  it('has backups, where 0 is none', () => {
    const change = changeOf('aws_db_instance.db', { backup_retention_period: 7 }, { backup_retention_period: 0 });
    expect(retentionFindings([change])).toMatchObject([{ kind: 'kept-shorter', severity: 'look' }]);
  });
});
