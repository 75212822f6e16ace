import { describe, expect, it } from '@jest/globals';

import { prod } from '../environments/prod.ts';
import { synthesized } from '../testing/synthesized.ts';

describe('EcrStack', () => {
  it('keeps tags from being moved and scans what is pushed', () => {
    expect(synthesized(prod).body('ecr', 'aws_ecr_repository.app')).toMatchObject({
      name: 'gatehouse-prod/auth',
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
    });
  });
});
