import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { Application } from './application.ts';

/** A server that answers its word, and is ready at once. */
const server = (word: string): string => `
  import { createServer } from 'node:http';
  const port: number = Number(process.env['PORT']);
  createServer((_request, response) => response.end('${word} ' + Object.keys(process.env).sort().join(' '))).listen(port, '127.0.0.1');
`;

describe('Application', () => {
  let root: string;
  let application: Application;
  const write = (text: string): Promise<void> => writeFile(join(root, 'main.ts'), text);
  const answer = async (): Promise<string> => (await fetch(application.url ?? 'http://nowhere.invalid')).text();

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'application-'));
    await write(server('first'));
    application = await Application.create({ root, main: join(root, 'main.ts'), outfile: join(root, 'main.mjs') });
    await application.compile();
    await application.start({ SETTING: '1' });
  });
  afterEach(async () => {
    await application.close();
    await rm(root, { recursive: true });
  });

  it('gives the application its settings, and nothing of the environment it was started from', async () => {
    expect(await answer()).toBe('first HOST PATH PORT SETTING');
    expect(application.folders).toEqual([root]);
  });

  it('is replaced by a newer build', async () => {
    const before = application.url;
    await write(server('second'));
    await application.compile();
    await application.start({});
    expect(await answer()).toMatch(/^second/);
    await expect(fetch(before ?? '')).rejects.toThrow();
  });

  it.each([
    ['does not compile', 'const x: = 1'],
    ['imports what is not there', `import './missing.ts';`],
  ])('goes on serving when the next one %s', async (_case, text) => {
    await write(text);
    await expect(application.compile()).rejects.toMatchObject({ code: 'APPLICATION_FAILED' });
    expect(await answer()).toMatch(/^first/);
  });

  it('goes on serving when the next one ends before it is ready', async () => {
    await write(`process.exit(3)`);
    await application.compile();
    await expect(application.start({})).rejects.toMatchObject({
      code: 'APPLICATION_FAILED',
      message: expect.stringContaining('ended with code 3'),
    });
    expect(await answer()).toMatch(/^first/);
  });
});
