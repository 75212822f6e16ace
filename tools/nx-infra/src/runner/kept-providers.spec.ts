import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { KeptProviders } from './kept-providers.ts';

const provider = { source: 'hashicorp/aws', version: '5.100.0' };

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'gatehouse-kept-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function folder(name: string, configuration: unknown): Promise<string> {
  const path = join(base, name);
  await mkdir(path);
  await writeFile(join(path, 'main.tf.json'), JSON.stringify({ provider: configuration, resource: { in: name } }));
  return path;
}

/** Providers that are numbered as they are started, and note when they are ended. */
function rig() {
  const ended: string[] = [];
  let count = 0;
  const kept = new KeptProviders(() => {
    const env = { TF_REATTACH_PROVIDERS: `${(count += 1)}` };
    const dispose = () => Promise.resolve(void ended.push(env.TF_REATTACH_PROVIDERS));
    return Promise.resolve({ env, [Symbol.asyncDispose]: dispose });
  });
  const start = async (path: string, env: NodeJS.ProcessEnv = {}): Promise<string | undefined> => {
    await using started = await kept.start({ folder: path, provider, env });
    return started?.env['TF_REATTACH_PROVIDERS'];
  };
  return { kept, ended, start };
}

describe('KeptProviders', () => {
  it('starts one for each configuration, and ends it in the end', async () => {
    const { kept, ended, start } = rig();
    const network = { aws: [{ region: 'eu-west-1', default_tags: [{ tags: { stack: 'network' } }] }] };
    const first = await folder('plan', network);
    const second = await folder('destroy', network);
    const other = await folder('alb', { aws: [{ region: 'eu-west-1', default_tags: [{ tags: { stack: 'alb' } }] }] });
    expect(await Promise.all([start(first), start(second)])).toEqual(['1', '1']);
    expect([await start(first), await start(other)]).toEqual(['1', '2']);
    expect(ended).toEqual([]);
    await kept[Symbol.asyncDispose]();
    expect(ended).toEqual(['1', '2']);
  });

  it('keeps none where nothing says how it is configured', async () => {
    const { ended, start } = rig();
    const path = await folder('plan', undefined);
    expect([await start(path), await start(path)]).toEqual(['1', '2']);
    expect(ended).toEqual(['1', '2']);
  });

  it('keeps none that cannot be configured twice', async () => {
    const { ended, start } = rig();
    const path = await folder('plan', { aws: [{}] });
    const env = { AWS_CA_BUNDLE: '/etc/ssl/bundle.pem' };
    expect([await start(path, env), await start(path, env)]).toEqual(['1', '2']);
    expect(ended).toEqual(['1', '2']);
  });

  it('leaves it to Terraform where none starts', async () => {
    const kept = new KeptProviders(() => Promise.resolve(undefined));
    const path = await folder('plan', { aws: [{}] });
    expect(await kept.start({ folder: path, provider, env: {} })).toBeUndefined();
    await kept[Symbol.asyncDispose]();
  });
});
