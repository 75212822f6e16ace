import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { CHECKS } from './catalogue.ts';

const REFERENCE = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs', 'reference', 'verify.md');

describe('the catalogue of checks', () => {
  it('is the list of the reference', async () => {
    const page = await readFile(REFERENCE, 'utf8');
    const table = page.slice(page.indexOf('## What it looks at'), page.indexOf('Name and certificate come first'));
    const rows = [...table.matchAll(/^\| `([^`]+)` +\| (.*?) +\|$/gm)].map(([, check, meaning]) => [check, meaning]);
    expect(rows).toEqual(Object.entries(CHECKS));
  });
});
