import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..', '..');
const pages = execFileSync('git', ['ls-files', '-z', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter(Boolean);

/** The relative targets of a page's links and images, without their anchors; code is left out. */
function targets(markdown: string): readonly string[] {
  const text = markdown.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

describe('the links of the documentation', () => {
  it.each(pages)('in %s lead somewhere', async (page) => {
    const broken = targets(await readFile(join(root, page), 'utf8')).filter(
      (target) => !existsSync(join(root, dirname(page), target)),
    );
    expect(broken).toEqual([]);
  });

  it('are found', () => {
    expect(targets('[a](b.md#c) ![i](d/e.png) [x](https://example.com) `[no](no.md)`')).toEqual(['b.md', 'd/e.png']);
  });
});
