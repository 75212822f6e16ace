import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..', '..');

// `stacks` and the plugin may not import each other (docs/architecture.md), and both look for the provider: where one found
// what the other does not, a stack would be valid in its tests and not in `infra:validate`.
it('stacks and the plugin look for the provider in the same way', async () => {
  const [copy, original] = await Promise.all(
    ['stacks/testing/provider-mirror.ts', 'tools/nx-infra/src/runner/provider-mirror.ts'].map((file) =>
      readFile(join(root, file), 'utf8'),
    ),
  );
  expect(copy).toBe(original);
});
