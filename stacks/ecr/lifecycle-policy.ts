import { type Environment } from '../environments/index.ts';

/**
 * Which images the registry deletes, as JSON: those without a tag after some days, and of the others all but the
 * newest. A rule of a lower number goes first, and each image falls to one rule alone (ECR, "Lifecycle policies").
 */
export function lifecyclePolicy({ keepReleased, dropUntaggedDays }: Environment['images']): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: 'Images without a tag',
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: dropUntaggedDays,
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: 'All but the newest releases',
        selection: {
          tagStatus: 'tagged',
          tagPatternList: ['*'],
          countType: 'imageCountMoreThan',
          countNumber: keepReleased,
        },
        action: { type: 'expire' },
      },
    ],
  });
}
