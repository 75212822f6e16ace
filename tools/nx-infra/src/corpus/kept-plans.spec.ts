import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { Anew, kept } from './kept-plans.ts';

const plans = { alb: { plan: { format_version: '1.2' }, assumptions: [] } };
let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'kept-plans-'));
  folder = join(base, 'plans');
  await mkdir(folder);
  await writeFile(join(folder, 'old.json.gz'), 'old');
  await writeFile(join(folder, 'README.md'), 'It stays.');
});
afterEach(() => rm(base, { recursive: true }));
const files = async (): Promise<readonly string[]> => (await readdir(folder)).toSorted();

describe('Anew', () => {
  it('takes the place of all that was there, and only when it is asked to', async () => {
    await using anew = await Anew.of(folder);
    await anew.keep('new', plans);
    expect(await files()).toEqual(['README.md', 'old.json.gz']);
    expect(await anew.replace()).toBe(1);
    expect(await files()).toEqual(['README.md', 'new.json.gz']);
    expect(JSON.parse(gunzipSync(await readFile(join(folder, 'new.json.gz'))).toString())).toEqual(plans);
  });

  it('adds to what was there', async () => {
    await using anew = await Anew.of(folder);
    await anew.keep('new', plans);
    expect(await anew.add()).toBe(1);
    expect(await files()).toEqual(['README.md', 'new.json.gz', 'old.json.gz']);
  });

  it('leaves what was there, and nothing else, where it came to no end', async () => {
    const anew = await Anew.of(folder);
    await anew.keep('new', plans);
    await anew[Symbol.asyncDispose]();
    expect(await files()).toEqual(['README.md', 'old.json.gz']);
    expect(await readdir(base)).toEqual(['plans']);
  });
});

describe('kept', () => {
  it('has nothing that is marked as sensitive', () => {
    const shown = { resource_changes: [{ change: { after: { key: 'canary' }, after_sensitive: { key: true } } }] };
    expect(JSON.stringify(kept({ shown, assumptions: [] }))).not.toContain('canary');
  });
});
