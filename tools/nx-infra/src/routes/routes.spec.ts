import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { applicationRoutes, readRoutes } from './application-routes.ts';
import { readExceptions } from './exceptions.ts';
import { routes } from './routes.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const program = 'apps/auth/src/routes/main.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'routes-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: string): Promise<string> {
  const file = join(folder, `${Math.random()}.json`);
  await writeFile(file, content);
  return file;
}

describe('the application and its load balancers', () => {
  const environments = ['local', 'dev', 'prod'];

  it('agree on what is public, in every environment, but for the exceptions', async () => {
    const { message } = await routes({ root, program, exceptions: 'apps/auth/route-exceptions.json', environments });
    expect(message).toMatch(/^GET,HEAD +\/admin +user in admins /m);
    for (const name of environments) expect(message).toMatch(new RegExp(`^Without a login, in ${name}:$`, 'm'));
    expect(message.match(/^ {2}GET,HEAD \/logged-out +by aws_lb_listener_rule\.public/gm)).toHaveLength(3);
    expect(message).not.toMatch(/^ {2}.*\/(admin|api|health)/m);
  }, 120_000);

  it('disagree, and say where, without the exceptions', async () => {
    const exceptions = relative(root, await fileOf('[]'));
    await expect(routes({ root, program, exceptions, environments: ['prod'] })).rejects.toMatchObject({
      code: 'ROUTES_DISAGREE',
      message: expect.stringMatching(
        /prod: not-let-through: POST \/logout is public[^\n]*POST https:\/\/app\.example\.com\/logout/,
      ),
    });
  }, 60_000);
});

describe('what cannot be read', () => {
  it('is an application that ends, or lists something else', async () => {
    await expect(applicationRoutes(root, 'nowhere.ts')).rejects.toMatchObject({ code: 'APPLICATION_FAILED' });
    for (const json of ['', '{}', '[{"path":"/"}]']) {
      expect(() => readRoutes(json)).toThrow(expect.objectContaining({ code: 'APPLICATION_FAILED' }));
    }
  }, 30_000);

  it('is an exception without a reason', async () => {
    await expect(readExceptions(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'FILE_MISSING' });
    const bare = { kind: 'dead-opening', about: 'rule' };
    for (const content of ['x', '{}', JSON.stringify([bare]), JSON.stringify([{ ...bare, reason: 'so' }])]) {
      await expect(readExceptions(await fileOf(content))).rejects.toMatchObject({ code: 'FILE_MALFORMED' });
    }
  });
});
