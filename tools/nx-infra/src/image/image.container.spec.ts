import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { applicationImage, attempt, docker, type ToldImage } from '../testing/engine.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const MOST_BYTES_OVER_BASE = 15_000_000;

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

interface Saved {
  readonly Layers: readonly string[];
}

interface Inspected {
  readonly Config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
    readonly Healthcheck: { readonly Test: readonly string[] };
  };
  readonly RootFS: { readonly Layers: readonly string[] };
}

async function inspect(image: string): Promise<Inspected> {
  const [inspected] = JSON.parse(await docker('image', 'inspect', image)) as readonly Inspected[];
  if (inspected === undefined) throw new Error(`There is no ${image}.`);
  return inspected;
}

/** The entries of the layers that an image puts on its base: mode, owner and path. */
async function ownFiles(image: string, layersOfBase: number): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-layers-'));
  try {
    execFileSync('sh', ['-c', `docker save ${image} | tar --extract --directory=${folder} --file=-`]);
    const [manifest] = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as readonly [Saved];
    return manifest.Layers.slice(layersOfBase).flatMap((layer) => {
      const list = ['--list', '--verbose', '--numeric-owner', `--file=${join(folder, layer)}`];
      const lines = execFileSync('tar', list, { encoding: 'utf8' }).split('\n');
      return lines.filter((line) => line !== '').map((line) => line.replace(/^(\S+) (\S+) .* (\S+)$/, '$1 $2 $3'));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('the image', () => {
  let told: ToldImage;
  let image: Inspected;
  let base: Inspected;

  beforeAll(async () => {
    told = await applicationImage();
    image = await inspect(told.image);
    base = await inspect(told.base);
  });

  it('adds at most 15 MB to its base', () => {
    console.info(`${told.image}: ${(told.bytesOverBase / 1_000_000).toFixed(2)} MB over ${told.base}`);
    expect(told.bytesOverBase).toBeGreaterThan(0);
    expect(told.bytesOverBase).toBeLessThanOrEqual(MOST_BYTES_OVER_BASE);
  });

  it('has one file more than its base, which nobody can write to: no source, no package, no secret', async () => {
    const own = await ownFiles(told.image, base.RootFS.Layers.length);
    expect(own).toEqual(['drwxr-xr-x 0/0 app/', '-r--r--r-- 0/0 app/main.mjs']);
  });

  it('has the layers of its base and, beside empty ones, one', () => {
    const { Layers: layers } = image.RootFS;
    expect(layers.slice(0, base.RootFS.Layers.length)).toEqual(base.RootFS.Layers);
    // The SHA-256 of a layer of nothing, which WORKDIR leaves: 1,024 zero bytes, the end of an archive.
    const nothing = `sha256:${sha256(Buffer.alloc(1024))}`;
    expect(layers.slice(base.RootFS.Layers.length).filter((layer) => layer !== nothing)).toHaveLength(1);
  });

  it('holds the very bundle that its tag was made from', async () => {
    const id = await docker('create', told.image);
    try {
      const copy = `docker cp ${id}:/app/main.mjs - | tar --extract --to-stdout --file=-`;
      const inside = execFileSync('sh', ['-c', copy], { maxBuffer: 64_000_000 });
      expect(sha256(inside)).toBe(sha256(await readFile(join(ROOT, 'apps', 'auth', 'dist', 'main.js'))));
      for (const place of [ROOT, '/workspace/']) expect(inside.includes(place)).toBe(false);
    } finally {
      await docker('rm', id);
    }
  });

  it('has variables of its base, and two that say nothing', () => {
    const names = (env: readonly string[]) => env.map((each) => each.slice(0, each.indexOf('=')));
    const more = names(image.Config.Env).filter((name) => !names(base.Config.Env ?? []).includes(name));
    expect([...more, 'PATH'].filter((name, index, all) => all.indexOf(name) === index).sort()).toEqual([
      'NODE_ENV',
      'PATH',
    ]);
    expect(image.Config.Env).toContain('NODE_ENV=production');
  });

  it('tells nothing secret of how it was built', async () => {
    const history = await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', told.image);
    expect(history).toContain('/app');
    for (const hint of ['BEGIN CERTIFICATE', 'ca_bundle', '_authToken', 'AWS_SECRET', ROOT]) {
      expect(history).not.toContain(hint);
    }
  });

  it('is labelled, runs as nobody special and can be asked for its health without a shell', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
    expect(image.Config.Labels).toEqual({
      'org.opencontainers.image.title': 'gatehouse-auth',
      'org.opencontainers.image.description': expect.any(String),
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.revision': expect.stringMatching(/^(?:[0-9a-f]{40}(?:-dirty)?|unknown)$/),
    });
    expect(image.Config.User).toBe('1000:1000');
    expect(image.Config.Healthcheck.Test.slice(0, 3)).toEqual(['CMD', 'node', '-e']);
  });

  it('is not built again for the same input', async () => {
    const again = await applicationImage();
    expect(again).toEqual({ ...told, built: false });
  });

  it('comes out the same, layer by layer, where the bundle is put into a layer again', async () => {
    const again = 'gatehouse-auth:again';
    const { code, stderr } = await attempt(...build(told.base, '', '--tag', again));
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    try {
      expect((await inspect(again)).RootFS.Layers).toEqual(image.RootFS.Layers);
    } finally {
      await docker('image', 'rm', again);
    }
  });

  it('is not built of another bundle than the one that named it', async () => {
    const { code, stderr } = await attempt(...build(told.base, '0'.repeat(64)));
    expect(code).not.toBe(0);
    expect(stderr).toContain('apps/auth/dist/main.js: FAILED');
  });
});

/** A build by hand, with a claim about the bundle. */
function build(base: string, bundle: string, ...more: readonly string[]): readonly string[] {
  const dockerfile = join(ROOT, 'docker', 'auth.Dockerfile');
  const given = ['--build-arg', `BASE_IMAGE=${base}`, '--build-arg', `BUNDLE_SHA256=${bundle}`];
  return ['build', '--file', dockerfile, '--network=host', '--progress=plain', ...given, ...more, ROOT];
}
