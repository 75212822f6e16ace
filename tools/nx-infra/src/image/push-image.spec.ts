import { describe, expect, it } from '@jest/globals';

import { type DockerScript, fakeDocker } from '../testing/fake-docker.ts';
import { privateDocker } from './open-docker.ts';
import { pushImage } from './push-image.ts';

const URL = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/gatehouse-dev/auth';
const HOST = '111111111111.dkr.ecr.eu-west-1.amazonaws.com';
const PASSWORD = 'canary-of-a-password';
const DIGEST = `sha256:${'d'.repeat(64)}`;
const CONTEXT = { when: /^context inspect/, stdout: 'unix:///var/run/elsewhere.sock\n' };
const inspected = (layer: string, RepoDigests: readonly string[] = []): string =>
  JSON.stringify([
    { Id: 'i', RepoDigests, Os: 'linux', Architecture: 'amd64', Size: 1, Config: {}, RootFS: { Layers: [layer] } },
  ]);

/** Pushes with a client that does as it is told, to a registry that answers so. */
async function pushed(script: DockerScript, ...digests: readonly (string | undefined)[]) {
  await using fake = await fakeDocker([CONTEXT, ...script]);
  const signal = new AbortController().signal;
  await using own = await privateDocker({ root: fake.env['HOME'] ?? '', env: fake.env, signal });
  const answers = [...digests];
  const registry = {
    credentials: () => Promise.resolve({ username: 'AWS', password: PASSWORD }),
    digestOf: () => Promise.resolve(answers.shift()),
  };
  const tools = { docker: own.docker, registry };
  const outcome = await pushImage({ image: 'app:1', tag: '1', repositoryUrl: URL }, tools).then(
    (value) => ({ value, error: undefined }),
    (error: unknown) => ({ value: undefined, error: error as Error }),
  );
  return { ...outcome, calls: await fake.calls() };
}

describe('pushImage', () => {
  it('logs in, pushes, asks the registry for the digest and logs out', async () => {
    const { value, calls } = await pushed([], undefined, DIGEST);
    expect(value).toEqual({ image: `${URL}@${DIGEST}`, digest: DIGEST, tag: '1', pushed: true });
    expect(calls.slice(1).map(({ args }) => args.join(' '))).toEqual([
      `login --username AWS --password-stdin ${HOST}`,
      `image tag app:1 ${URL}:1`,
      `push ${URL}:1`,
      `logout ${HOST}`,
    ]);
  });

  it('hands the password over on the standard input alone, to a client that keeps it in a folder of its own', async () => {
    const { calls } = await pushed([], undefined, DIGEST);
    const [context, login, ...rest] = calls;
    expect(login?.input).toBe(PASSWORD);
    expect(JSON.stringify(calls.map(({ args, env }) => ({ args, env })))).not.toContain(PASSWORD);
    expect(context?.env).not.toHaveProperty('DOCKER_CONFIG');
    const folders = new Set([login, ...rest].map((call) => call?.env['DOCKER_CONFIG']));
    expect([...folders]).toEqual([expect.stringContaining('gatehouse-docker-')]);
    expect(login?.env['DOCKER_HOST']).toBe('unix:///var/run/elsewhere.sock');
  });

  it('takes the image that is there, if it is this one', async () => {
    const same = [{ when: /^image inspect app:1/, stdout: inspected('a', [`${URL}@${DIGEST}`]) }];
    const { value, calls } = await pushed(same, DIGEST);
    expect(value).toMatchObject({ digest: DIGEST, pushed: false });
    expect(calls.map(({ args }) => args[0])).not.toContain('push');
  });

  it('takes one that was built elsewhere of the same, and refuses any other', async () => {
    const there = (layer: string) => [
      { when: /^image inspect app:1/, stdout: inspected('a') },
      { when: new RegExp(`^image inspect ${URL}@`), stdout: inspected(layer) },
    ];
    const same = await pushed(there('a'), DIGEST);
    expect(same.value).toMatchObject({ digest: DIGEST, pushed: false });
    expect(same.calls.map(({ args }) => args)).toContainEqual(['pull', '--quiet', `${URL}@${DIGEST}`]);
    const other = await pushed(there('b'), DIGEST);
    expect(other.error).toMatchObject({ code: 'IMAGE_TAG_TAKEN', message: expect.stringContaining(DIGEST) });
    expect(other.calls.map(({ args }) => args[0])).not.toContain('push');
    expect(other.calls.at(-1)?.args[0]).toBe('logout');
  });

  it('believes no push that the registry does not know of', async () => {
    const { error } = await pushed([], undefined, undefined);
    expect(error).toMatchObject({ code: 'IMAGE_FAILED' });
  });

  it('quotes no password', async () => {
    const refused = { when: /^login/, code: 1, stderr: `unauthorized: ${PASSWORD} is wrong` };
    const { error } = await pushed([refused]);
    expect(error).toMatchObject({ code: 'IMAGE_FAILED', message: 'docker login: unauthorized: (password) is wrong' });
  });
});
