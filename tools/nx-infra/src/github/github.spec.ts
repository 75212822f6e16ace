import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { Github, githubOf } from './github.ts';
import { fakeGithub, REPOSITORY, TOKEN } from './testing/fake-github.ts';
import { tellWorkflow } from './workflow-outputs.ts';

describe('Github', () => {
  it('reads every page of a list', async () => {
    await using fake = await fakeGithub();
    for (let id = 1; id <= 203; id += 1) fake.comments.push({ id, body: '', user: { type: 'User' } });
    const found = await fake.github.all(z.object({ id: z.int() }), 'issues/1/comments');
    expect(found.map(({ id }) => id)).toEqual(fake.comments.map(({ id }) => id));
    expect(fake.asked).toHaveLength(3);
  });

  it('says what was refused, and never the token', async () => {
    await using fake = await fakeGithub();
    const refused = fake.github.get(z.object({}), 'no/such?x=1');
    await expect(refused).rejects.toMatchObject({
      code: 'GITHUB_FAILED',
      message: expect.stringMatching(/GET no\/such: it answered 404: Not Found, \*\*\*/),
    });
    await refused.catch((error: unknown) => expect(String(error) + JSON.stringify(error)).not.toContain(TOKEN));
    await using stranger = await fakeGithub('ghs_other');
    await expect(stranger.github.get(z.object({}), 'issues')).rejects.toThrow(/401: Bad credentials/);
  });

  it('believes no answer of another form, and waits for none that does not come', async () => {
    await using fake = await fakeGithub();
    fake.answers.set('thing', { id: 'text' });
    await expect(fake.github.get(z.object({ id: z.int() }), 'thing')).rejects.toMatchObject({ code: 'GITHUB_FAILED' });
    const nobody = new Github({ api: 'http://127.0.0.1:1', repository: REPOSITORY, token: TOKEN });
    await expect(nobody.get(z.object({}), 'thing')).rejects.toThrow(/there was no answer/);
  });
});

describe('githubOf', () => {
  it('takes the repository and the token of the workflow', async () => {
    await using fake = await fakeGithub();
    fake.answers.set('thing', {});
    const github = githubOf({ GITHUB_API_URL: `${fake.api}/`, GITHUB_REPOSITORY: REPOSITORY, GITHUB_TOKEN: TOKEN });
    await expect(github.get(z.object({}), 'thing')).resolves.toEqual({});
  });

  it.each([
    [{}, /GITHUB_REPOSITORY and GITHUB_TOKEN do not say/],
    [{ GITHUB_REPOSITORY: REPOSITORY }, /GITHUB_TOKEN does not say/],
    [{ GITHUB_REPOSITORY: '../other', GITHUB_TOKEN: TOKEN }, /GITHUB_REPOSITORY does not say/],
  ])('refuses %j', (env, why) => {
    expect(() => githubOf(env)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => githubOf(env)).toThrow(why);
  });
});

describe('tellWorkflow', () => {
  it('adds to the file that the workflow names, a line an output, and none else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-outputs-'));
    try {
      const GITHUB_OUTPUT = join(folder, 'output');
      await tellWorkflow({ a: '1' }, { GITHUB_OUTPUT });
      await tellWorkflow({ b: '[]', c: '' }, { GITHUB_OUTPUT });
      expect(await readFile(GITHUB_OUTPUT, 'utf8')).toBe('a=1\nb=[]\nc=\n');
      await expect(tellWorkflow({ a: '1\nb=2' }, { GITHUB_OUTPUT })).rejects.toThrow(RangeError);
      await tellWorkflow({ a: '1' }, {});
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
