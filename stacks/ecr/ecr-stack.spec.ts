import { describe, expect, it } from '@jest/globals';

import { dev } from '../environments/dev.ts';
import { prod } from '../environments/prod.ts';
import { synthesized } from '../testing/synthesized.ts';

describe('EcrStack', () => {
  it('keeps tags from being moved and scans what is pushed', () => {
    expect(synthesized(prod).body('ecr', 'aws_ecr_repository.app')).toMatchObject({
      name: 'gatehouse-prod/auth',
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: 'AES256' }],
      force_delete: false,
    });
  });

  it('lets the repository of an environment without protection go, images and all', () => {
    expect(synthesized(dev).body('ecr', 'aws_ecr_repository.app')['force_delete']).toBe(true);
  });

  it('keeps as many images as the environment says', () => {
    const { policy, repository } = synthesized(prod).body('ecr', 'aws_ecr_lifecycle_policy.app');
    expect(repository).toBe('${aws_ecr_repository.app.name}');
    expect(policy).toContain('"countNumber":30');
  });
});
