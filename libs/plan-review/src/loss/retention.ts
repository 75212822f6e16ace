import { describeValue } from '../describe-value.ts';
import { type Finding } from '../model.ts';
import { type ResourceChange } from '../plan/model.ts';

/** For how long something is kept, in days; by the names of the AWS provider 5.100. */
const retentions: readonly {
  readonly type: RegExp;
  readonly path: string;
  readonly what: string;
  /** The value that stands for ever. */
  readonly ever?: number;
}[] = [
  { type: /^aws_cloudwatch_log_group$/, path: 'retention_in_days', what: 'Logs', ever: 0 },
  { type: /^aws_(?:db_instance|rds_cluster)$/, path: 'backup_retention_period', what: 'Backups' },
];

/** What is kept for a shorter time: AWS deletes at once what is older. */
export function retentionFindings(changes: readonly ResourceChange[]): readonly Finding[] {
  return changes.flatMap((change) =>
    retentions.flatMap(({ type, path, what, ever }): readonly Finding[] => {
      const { mode, action, stack, address, before, after, source } = change;
      if (mode !== 'managed' || action === 'no-op' || !type.test(change.type)) return [];
      if (before === undefined || after === undefined) return [];
      const days = (value: unknown): number => (value === ever ? Infinity : typeof value === 'number' ? value : NaN);
      if (before[path] === after[path] || days(before[path]) < days(after[path])) return [];
      const reading = `${what} are kept for a shorter time, and older ones are deleted: ${path} goes from ${describeValue(before[path])} to ${describeValue(after[path])}`;
      const base = { section: 'loss', severity: 'look', kind: 'kept-shorter' } as const;
      return [{ ...base, stack, address, reading, ...(source === undefined ? {} : { source }) }];
    }),
  );
}
