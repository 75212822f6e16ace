import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { collectCitations, readCitations } from './citations.ts';
import { facts } from './facts.ts';
import { expectedPage, writtenPage } from './page.ts';

const sources = fileURLToPath(new URL('../src', import.meta.url));

describe('the conformance table', () => {
  it('has a test for every fact', async () => {
    const cited = new Set((await collectCitations(sources)).map(({ id }) => id));
    expect(facts.filter(({ id }) => !cited.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('knows every fact that a test cites, by the same mark', async () => {
    const marks = new Map(facts.map(({ id, mark }) => [id, mark]));
    const wrong = (await collectCitations(sources)).filter(({ id, mark }) => marks.get(id) !== mark);
    expect(wrong).toEqual([]);
  });

  it('has each fact once', () => {
    const ids = facts.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('is what docs/reference/conformance.md shows', async () => {
    expect(await writtenPage()).toBe(await expectedPage());
  });

  it('counts no test that does not run', async () => {
    const files = (await readdir(sources, { recursive: true })).filter((name) => name.endsWith('.spec.ts'));
    for (const file of files) {
      const source = await readFile(join(sources, file), 'utf8');
      expect([file, /\b(?:it|describe)\.(?:skip|todo|only|failing)\b|\bx(?:it|describe)\b/.test(source)]).toEqual([
        file,
        false,
      ]);
    }
  });
});

describe('readCitations', () => {
  it('reads one or several at the end of a title', () => {
    expect(readCitations("it('holds [A1.1 D, B5.8 U]', () => {}); it('other', f);", 'a.spec.ts')).toEqual([
      { id: 'A1.1', mark: 'D', test: 'holds', file: 'a.spec.ts' },
      { id: 'B5.8', mark: 'U', test: 'holds', file: 'a.spec.ts' },
    ]);
  });

  it('refuses what is nearly one', () => {
    expect(() => readCitations("it('holds [A1.1]', f)", 'a.spec.ts')).toThrow('a.spec.ts: "A1.1" cites no fact');
  });
});
