import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { freePort } from '../local/preflight.ts';
import { attempt, docker } from '../testing/engine.ts';
import { needing } from '../testing/needing.ts';
import { until } from '../testing/task.ts';
import { privateDocker } from './open-docker.ts';
import { pushImage, type Registry } from './push-image.ts';

const USER = { username: 'AWS', password: 'password-of-a-test' };
/** The same, as bcrypt has it. */
const HTPASSWD = 'AWS:$2b$04$YORCs3enU4VyjD3HYRN8rOIFm7K84F./0GSEHrZRIsWflm38C724C\n';
const TYPES = 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json';

needing('docker', 'docker-registry')('pushImage, to a real registry', () => {
  let folder: string;
  let host: string;
  let stop: () => Promise<void>;
  const images: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-registry-'));
    host = `127.0.0.1:${await freePort('127.0.0.1')}`;
    await writeFile(join(folder, 'htpasswd'), HTPASSWD);
    await writeFile(join(folder, 'config.yml'), configuration(host, folder));
    const server = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
    stop = async () => {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    };
    await until(
      () =>
        fetch(`http://${host}/v2/`).then(
          ({ status }) => status === 401,
          () => false,
        ),
      () => Promise.resolve('docker-registry did not start.'),
    );
  });
  afterAll(async () => {
    for (const image of images) await attempt('image', 'rm', '--force', image);
    await stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** An image with one file; the revision is but a label. */
  async function image(tag: string, content: string, revision: string): Promise<string> {
    const context = await mkdtemp(join(folder, 'context-'));
    const name = `gatehouse-push-test:${tag}`;
    await writeFile(join(context, 'file'), content);
    await utimes(join(context, 'file'), 0, 0);
    const label = `LABEL org.opencontainers.image.revision=${revision}`;
    await writeFile(join(context, 'Dockerfile'), `FROM scratch\nCOPY file /file\nUSER 1000:1000\n${label}\n`);
    await docker('build', '--tag', name, context);
    images.push(name);
    return name;
  }
  const digestOf = async (tag: string): Promise<string | undefined> => {
    const authorization = `Basic ${Buffer.from(`${USER.username}:${USER.password}`).toString('base64')}`;
    const headers = { authorization, accept: TYPES };
    const answer = await fetch(`http://${host}/v2/app/manifests/${tag}`, { method: 'HEAD', headers });
    return answer.status === 404 ? undefined : (answer.headers.get('docker-content-digest') ?? undefined);
  };
  const push = async (name: string, tag: string, more: Partial<Registry> = {}) => {
    const signal = new AbortController().signal;
    await using own = await privateDocker({ root: folder, env: process.env, signal });
    const registry = { credentials: () => Promise.resolve(USER), digestOf, ...more };
    const repositoryUrl = `${host}/app`;
    images.push(`${repositoryUrl}:${tag}`);
    return await pushImage({ image: name, tag, repositoryUrl }, { docker: own.docker, registry });
  };

  it('pushes once, and answers with the registry’s digest', async () => {
    const name = await image('one', 'one', 'a');
    const first = await push(name, 'one');
    expect(first).toEqual({
      image: `${host}/app@${await digestOf('one')}`,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      tag: 'one',
      pushed: true,
    });
    expect(await push(name, 'one')).toEqual({ ...first, pushed: false });
  });

  it('takes what another machine pushed of the same', async () => {
    const first = await push(await image('same', 'same', 'a'), 'same');
    const again = await push(await image('same', 'same', 'b'), 'same');
    expect(again).toEqual({ ...first, pushed: false });
  });

  it('moves no tag to another image', async () => {
    const { digest } = await push(await image('taken', 'mine', 'a'), 'taken');
    const another = await image('taken', 'another', 'a');
    await expect(push(another, 'taken')).rejects.toMatchObject({
      code: 'IMAGE_TAG_TAKEN',
      message: expect.stringContaining(digest),
    });
    expect(await digestOf('taken')).toBe(digest);
  });

  it('is refused with a wrong password, which it does not quote', async () => {
    const password = 'wrong-password-of-a-test';
    const credentials = () => Promise.resolve({ username: 'AWS', password });
    const refused: unknown = await push(await image('wrong', 'x', 'a'), 'wrong', { credentials }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'IMAGE_FAILED' });
    expect((refused as Error).message).not.toContain(password);
    expect(await digestOf('wrong')).toBeUndefined();
  });

  it('leaves no password behind', () => {
    const configuration = join(process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'), 'config.json');
    expect(existsSync(configuration) ? readFileSync(configuration, 'utf8') : '').not.toContain(host);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('gatehouse-docker-'))).toEqual([]);
  });
});

function configuration(host: string, folder: string): string {
  return `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: ${join(folder, 'data')} } }
http: { addr: '${host}' }
auth: { htpasswd: { realm: test, path: ${join(folder, 'htpasswd')} } }
`;
}
