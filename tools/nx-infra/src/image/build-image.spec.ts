import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type DockerScript, fakeDocker } from '../testing/fake-docker.ts';
import { buildImage, type ImageOptions } from './build-image.ts';
import { sha256 } from './image-tag.ts';
import { openDocker } from './open-docker.ts';

const inspected = (more: object = {}): string =>
  JSON.stringify([
    { Id: 'sha256:i', Os: 'linux', Architecture: 'amd64', Size: 10, Config: {}, RootFS: { Layers: [] }, ...more },
  ]);
const VERSION = { when: /^version/, stdout: '27.0.1\n' };
const BASE = { when: /^image inspect node:24-slim/, stdout: inspected() };
const ABSENT = { code: 1, stderr: 'Error: No such image: x' };

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-image-'));
  await writeFile(join(root, 'package.json'), '{"version":"1.2.3"}');
  await writeFile(join(root, 'Dockerfile'), 'ARG BASE_IMAGE=node:24-slim\nFROM ${BASE_IMAGE}');
  await writeFile(join(root, 'main.js'), 'bundle');
});
afterEach(() => rm(root, { recursive: true }));

/** Builds with a client that does as it is told. */
async function built(script: DockerScript, more: Partial<ImageOptions> = {}) {
  await using fake = await fakeDocker(script);
  const docker = openDocker({ root, env: fake.env, signal: new AbortController().signal });
  const options = { root, name: 'app', dockerfile: 'Dockerfile', bundle: 'main.js', ...more };
  const result = await buildImage(options, { docker, revision: () => Promise.resolve('abc') });
  return { result, calls: await fake.calls() };
}

const fresh: DockerScript = [
  VERSION,
  BASE,
  { when: /^image inspect app:/, call: 0, ...ABSENT },
  { when: /^image inspect app:/, stdout: inspected({ Id: 'sha256:new', Size: 14 }) },
];

describe('buildImage', () => {
  it('builds what is not there, with BuildKit and all that decides it', async () => {
    const { result, calls } = await built(fresh);
    expect(result).toEqual({
      image: `app:${result.tag}`,
      tag: expect.stringMatching(/^[0-9a-f]{12}$/),
      id: 'sha256:new',
      base: 'node:24-slim',
      platform: 'linux/amd64',
      built: true,
      bytesOverBase: 4,
    });
    const build = calls.find(({ args }) => args[0] === 'build');
    expect(build?.args).toEqual([
      'build',
      '--file=Dockerfile',
      `--tag=${result.image}`,
      '--progress=plain',
      '--build-arg=BASE_IMAGE=node:24-slim',
      `--build-arg=BUNDLE_SHA256=${sha256('bundle')}`,
      '--build-arg=VERSION=1.2.3',
      '--build-arg=REVISION=abc',
      root,
    ]);
    expect(build?.env).toMatchObject({ DOCKER_BUILDKIT: '1' });
  });

  it('hands on what the build needs of the machine', async () => {
    const more = { caBundle: '/etc/ca.crt', network: 'host', builder: 'node:24', platform: 'linux/amd64' };
    const { calls } = await built(fresh, more);
    expect(calls.find(({ args }) => args[0] === 'build')?.args).toEqual(
      expect.arrayContaining([
        '--secret=id=ca_bundle,src=/etc/ca.crt',
        '--network=host',
        '--platform=linux/amd64',
        '--build-arg=BUILD_IMAGE=node:24',
      ]),
    );
  });

  it('takes the image that is there', async () => {
    const { result, calls } = await built([VERSION, BASE, { when: /^image inspect app:/, stdout: inspected() }]);
    expect(result.built).toBe(false);
    expect(calls.map(({ args }) => args[0])).not.toContain('build');
  });

  it('names another image for another bundle, base or Dockerfile', async () => {
    const there = { when: /^image inspect app:/, stdout: inspected() };
    const tags = new Set([(await built([VERSION, BASE, there])).result.tag]);
    tags.add((await built([VERSION, { ...BASE, stdout: inspected({ Id: 'sha256:j' }) }, there])).result.tag);
    await writeFile(join(root, 'main.js'), 'another bundle');
    tags.add((await built([VERSION, BASE, there])).result.tag);
    await writeFile(join(root, 'Dockerfile'), 'ARG BASE_IMAGE=node:24-slim\nFROM ${BASE_IMAGE}\nUSER 1');
    tags.add((await built([VERSION, BASE, there])).result.tag);
    expect(tags.size).toBe(4);
  });

  it('knows a base of a registry by its digest, which is the same on each machine', async () => {
    const there = { when: /^image inspect app:/, stdout: inspected() };
    const base = (Id: string) => ({ ...BASE, stdout: inspected({ Id, RepoDigests: ['node@sha256:d'] }) });
    const one = await built([VERSION, base('sha256:1'), there]);
    const other = await built([VERSION, base('sha256:2'), there]);
    expect(one.result.tag).toBe(other.result.tag);
  });

  it('fetches a base that is not there, or is of another platform', async () => {
    const arm = inspected({ Architecture: 'arm64' });
    const there = { when: /^image inspect app:/, stdout: inspected() };
    const base = { when: /^image inspect node/ };
    const absent = await built([VERSION, { ...base, call: 0, ...ABSENT }, BASE, there]);
    expect(absent.calls.map(({ args }) => args)).toContainEqual(['pull', '--quiet', 'node:24-slim']);
    const script = [VERSION, { ...BASE, call: 0 }, { ...base, stdout: arm }, there];
    const other = await built(script, { platform: 'linux/arm64' });
    expect(other.calls.map(({ args }) => args)).toContainEqual([
      'pull',
      '--quiet',
      '--platform',
      'linux/arm64',
      'node:24-slim',
    ]);
    expect(other.result.platform).toBe('linux/arm64');
    await expect(built([VERSION, BASE, there], { platform: 'linux/arm64' })).rejects.toMatchObject({
      code: 'IMAGE_FAILED',
    });
  });

  it('says what is missing', async () => {
    const down = { when: /^version/, code: 1, stderr: 'Cannot connect to the Docker daemon' };
    await expect(built([down])).rejects.toMatchObject({
      code: 'DOCKER_MISSING',
      message: expect.stringContaining('Cannot connect'),
    });
    const noBuildx = {
      when: /^build/,
      code: 1,
      stderr: 'ERROR: BuildKit is enabled but the buildx component is missing or broken.',
    };
    await expect(built([noBuildx, ...fresh])).rejects.toMatchObject({
      code: 'DOCKER_MISSING',
      message: expect.stringContaining('docker-buildx-plugin'),
    });
    const kept = [VERSION, BASE, { when: /^image inspect app:/, ...ABSENT }];
    await expect(built(kept)).rejects.toMatchObject({
      code: 'IMAGE_FAILED',
      message: expect.stringContaining('buildx use'),
    });
    await expect(built(fresh, { bundle: 'none.js' })).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });

  it('says what the build said last', async () => {
    const stderr = `${'#1 noise\n'.repeat(500)}main.js: FAILED\n`;
    await expect(built([{ when: /^build/, code: 1, stderr }, ...fresh])).rejects.toMatchObject({
      code: 'IMAGE_FAILED',
      message: expect.stringMatching(/^docker build: (#1 noise\n){29}main\.js: FAILED$/),
    });
  });

  it('says that there is no client', async () => {
    const docker = openDocker({ root, env: { PATH: root }, signal: new AbortController().signal });
    const options = { root, name: 'app', dockerfile: 'Dockerfile', bundle: 'main.js' };
    await expect(buildImage(options, { docker, revision: () => Promise.resolve('') })).rejects.toMatchObject({
      code: 'DOCKER_MISSING',
    });
  });
});
