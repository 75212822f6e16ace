import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { defaultBase } from './dockerfile.ts';

describe('defaultBase', () => {
  it('is what the Dockerfile says', async () => {
    const file = join(import.meta.dirname, '..', '..', '..', '..', 'docker', 'auth.Dockerfile');
    expect(defaultBase(await readFile(file, 'utf8'))).toMatch(/^node:\d+-bookworm-slim$/);
  });

  it('has to be there', () => {
    expect(() => defaultBase('FROM node')).toThrow(expect.objectContaining({ code: 'FILE_MALFORMED' }));
  });
});
