import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ask } from './ask.ts';
import { serveAuth, startNx, stopAll } from './served.ts';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

let copy: WorkspaceCopy;

beforeEach(async () => {
  copy = await copyWorkspace();
});
afterEach(async () => {
  await stopAll();
  await copy.remove();
});

/** The line that names what is wrong. */
const complaint = (output: string): string | undefined => /^✗ (.*)$/m.exec(output)?.[1];

const listening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describe('nx serve auth', () => {
  it('says what a person needs, and on Ctrl-C stops all that it started', async () => {
    const served = await serveAuth(copy);
    const output = served.output();
    expect(output).toContain(served.url);
    expect(output).toMatch(/alice@example\.com +\S+ +admins, users/);
    expect(output).toMatch(/bob@example\.com +\S+ +users/);
    expect(output).toMatch(/Certificate/);
    expect((await ask(served.inboxUrl())).body).toContain('Nothing yet.');
    const applicationPort = Number(new URL(served.applicationUrl()).port);
    const ports = [copy.httpsPort, copy.httpPort, copy.poolPort, applicationPort];
    expect(await Promise.all(ports.map(listening))).toEqual([true, true, true, true]);

    await served.stop();
    expect(await Promise.all(ports.map(listening))).toEqual([false, false, false, false]);
  });

  it('names a port that is in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(copy.httpsPort, '127.0.0.1', resolve));
    const nx = startNx(copy, ['serve', 'auth', `--poolPort=${copy.poolPort}`]);
    expect(await nx.exit).toBe(1);
    expect(complaint(nx.output())).toMatch(new RegExp(`^Port ${copy.httpsPort}, for the HTTPS listener, is in use`));
    await new Promise((resolve) => server.close(resolve));
  });

  it('names a users file that is missing', async () => {
    await rm(join(copy.root, 'apps/auth/users.local.json'));
    const nx = startNx(copy, ['serve', 'auth', `--poolPort=${copy.poolPort}`]);
    expect(await nx.exit).toBe(1);
    expect(complaint(nx.output())).toMatch(/^The users file .*users\.local\.json is not there/);
  });

  it('names a value of the environment that is wrong', async () => {
    await copy.edit('stacks/environments/local.ts', (source) =>
      source.replace(/domain: '[^']+'/, "domain: 'Not A Domain'"),
    );
    const nx = startNx(copy, ['serve', 'auth', `--poolPort=${copy.poolPort}`]);
    expect(await nx.exit).toBe(1);
    expect(complaint(nx.output())).toMatch(/domain.*Not A Domain/);
  });
});
