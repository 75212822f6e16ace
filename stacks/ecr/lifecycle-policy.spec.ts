import { describe, expect, it } from '@jest/globals';

import { lifecyclePolicy } from './lifecycle-policy.ts';

interface Rule {
  readonly rulePriority: number;
  readonly selection: Readonly<Record<string, unknown>>;
}

describe('lifecyclePolicy', () => {
  const { rules } = JSON.parse(lifecyclePolicy({ keepReleased: 30, dropUntaggedDays: 7 })) as {
    rules: readonly Rule[];
  };

  it('drops what has no tag, and keeps the newest of what has one', () => {
    expect(rules.map(({ selection }) => selection)).toEqual([
      { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
      { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: 30 },
    ]);
  });

  it('gives each rule a place of its own', () => {
    expect(rules.map(({ rulePriority }) => rulePriority)).toEqual([1, 2]);
  });
});
