import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { command, type Run } from '../runner/command.ts';
import { simulatedAws } from '../simulated-aws/simulated-aws.ts';
import { needing } from '../testing/needing.ts';
import { sealed } from './envelope.ts';
import { open, seal } from './plans.ts';
import { PlansKey, plansKeyOf } from './plans-key.ts';

const SECRET = 'canary-of-a-state';
const AT = { alias: 'alias/gatehouse-prod-plans', region: 'eu-west-1', environment: 'prod' };

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-plans-'));
  await mkdir(join(root, 'review', 'alb'), { recursive: true });
  await writeFile(join(root, 'review', 'manifest.json'), '{}');
  await writeFile(join(root, 'review', 'alb', 'plan.tfplan'), SECRET);
  await writeFile(join(root, 'review', 'alb', 'plan.json'), JSON.stringify({ applyable: true }));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const options = (more: object = {}) => ({ root, env: 'prod', plans: 'review', sealed: 'plans.sealed', ...more });

/** A KMS that hands out keys, and gives each again for the context that it was made for. */
function kms(): { readonly key: (environment?: string) => PlansKey; readonly asked: (readonly string[])[] } {
  const keys = new Map<string, { readonly plain: string; readonly context: string }>();
  const asked: (readonly string[])[] = [];
  const aws: Run = async (args) => {
    asked.push(args);
    const context = args[args.indexOf('--encryption-context') + 1] ?? '';
    if (args[1] === 'generate-data-key') {
      const [plain, kept] = [randomBytes(32).toString('base64'), randomBytes(48).toString('base64')];
      keys.set(kept, { plain, context });
      return { code: 0, stdout: JSON.stringify({ Plaintext: plain, CiphertextBlob: kept }), stderr: '' };
    }
    const found = keys.get((await readFile(args.at(5)?.slice('fileb://'.length) ?? '')).toString('base64'));
    return found?.context === context
      ? { code: 0, stdout: JSON.stringify({ Plaintext: found.plain }), stderr: '' }
      : { code: 254, stdout: '', stderr: 'InvalidCiphertextException' };
  };
  return { asked, key: (environment = 'prod') => new PlansKey(aws, root, { ...AT, environment }) };
}

describe('infra:seal and infra:open', () => {
  it('give back what was sealed, for its owner alone', async () => {
    const { key } = kms();
    expect((await seal(options(), key())).data).toEqual({ changes: true });
    await open(options({ plans: 'opened' }), key());
    expect(await readFile(join(root, 'opened', 'alb', 'plan.tfplan'), 'utf8')).toBe(SECRET);
    expect((await stat(join(root, 'opened', 'alb', 'plan.tfplan'))).mode & 0o077).toBe(0);
    expect((await stat(join(root, 'plans.sealed'))).mode & 0o077).toBe(0);
  });

  it('show nothing of it in the file, and no key in a command line', async () => {
    const { key, asked } = kms();
    await seal(options(), key());
    await open(options({ plans: 'opened' }), key());
    const text = await readFile(join(root, 'plans.sealed'), 'utf8');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(Buffer.from(SECRET).toString('base64'));
    expect(asked.map((args) => args.slice(0, 4))).toEqual([
      ['kms', 'generate-data-key', '--key-id', AT.alias],
      ['kms', 'decrypt', '--key-id', AT.alias],
    ]);
    expect(asked.flat().filter((each) => each.length > 40 && !each.startsWith('fileb://'))).toEqual([]);
  });

  it('say whether there is anything to apply', async () => {
    await writeFile(join(root, 'review', 'alb', 'plan.json'), JSON.stringify({ applyable: false }));
    expect((await seal(options(), kms().key())).data).toEqual({ changes: false });
  });

  it('refuse what was changed, whatever of it', async () => {
    const { key } = kms();
    await seal(options(), key());
    const whole = JSON.parse(await readFile(join(root, 'plans.sealed'), 'utf8')) as Record<string, string>;
    const flipped = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
    for (const part of ['iv', 'tag', 'content']) {
      await writeFile(join(root, 'changed'), JSON.stringify({ ...whole, [part]: flipped(whole[part] ?? '') }));
      await expect(open(options({ sealed: 'changed', plans: 'opened' }), key())).rejects.toMatchObject({
        code: 'PLANS_REFUSED',
      });
    }
    for (const text of ['', '{}', 'none', JSON.stringify({ ...whole, version: 2 })]) {
      await writeFile(join(root, 'changed'), text);
      await expect(open(options({ sealed: 'changed', plans: 'opened' }), key())).rejects.toMatchObject({
        code: 'PLANS_REFUSED',
      });
    }
    await writeFile(join(root, 'changed'), JSON.stringify({ ...whole, tag: '' }));
    await expect(open(options({ sealed: 'changed', plans: 'opened' }), key())).rejects.toMatchObject({
      code: 'PLANS_REFUSED',
    });
    await expect(stat(join(root, 'opened'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuse plans of another environment, also where the file says otherwise', async () => {
    const { key } = kms();
    await seal(options({ env: 'dev' }), key('dev'));
    await expect(open(options(), key())).rejects.toMatchObject({
      code: 'PLANS_REFUSED',
      message: expect.stringMatching(/of dev, not of prod/),
    });
    const whole = JSON.parse(await readFile(join(root, 'plans.sealed'), 'utf8')) as object;
    await writeFile(join(root, 'plans.sealed'), JSON.stringify({ ...whole, environment: 'prod' }));
    await expect(open(options(), key())).rejects.toMatchObject({ code: 'AWS_FAILED' });
  });

  it('write nothing outside of the folder', async () => {
    const { key } = kms();
    for (const name of ['../out', '/tmp/out', 'a/b/c', '..', 'a/..', '.hidden']) {
      const made = await key().make();
      await writeFile(join(root, 'plans.sealed'), sealed('prod', { [name]: Buffer.from('x') }, made));
      await expect(open(options({ plans: 'opened' }), key())).rejects.toMatchObject({ code: 'PLANS_REFUSED' });
    }
  });

  it('need a review', async () => {
    await expect(seal(options({ plans: 'none' }), kms().key())).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });

  it('say what AWS said', async () => {
    const refusing: Run = () => Promise.resolve({ code: 254, stdout: '', stderr: 'AccessDeniedException' });
    await expect(seal(options(), new PlansKey(refusing, root, AT))).rejects.toMatchObject({
      code: 'AWS_FAILED',
      message: expect.stringMatching(/AccessDenied/),
    });
    const missing: Run = () => Promise.reject(new Error('ENOENT'));
    await expect(seal(options(), new PlansKey(missing, root, AT))).rejects.toThrow(/no AWS command line/);
  });

  it('say nothing of an answer that is none, in which a key may stand', async () => {
    for (const stdout of ['canary', '"canary"', '{"Plaintext":"canary?","CiphertextBlob":""}']) {
      const odd: Run = () => Promise.resolve({ code: 0, stdout, stderr: '' });
      await expect(seal(options(), new PlansKey(odd, root, AT))).rejects.toMatchObject({
        code: 'AWS_FAILED',
        message: expect.not.stringContaining('canary'),
      });
    }
  });
});

describe('plansKeyOf', () => {
  it('has none where no workflow deploys', () => {
    expect(() => plansKeyOf('dev', new Map())).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

needing('aws', 'python3')('a key of KMS, by the AWS command line', () => {
  it('opens what it sealed, and nothing of another environment', async () => {
    await using simulated = await simulatedAws({
      account: '222222222222',
      region: 'eu-west-1',
      hostedZones: {},
    });
    const aws = command('aws', { env: { ...process.env, ...simulated.env } });
    const { stdout } = await aws(['kms', 'create-key', '--region', 'eu-west-1', '--output', 'json'], { cwd: root });
    const { KeyMetadata } = JSON.parse(stdout) as { KeyMetadata: { KeyId: string } };
    const alias = ['kms', 'create-alias', '--alias-name', AT.alias, '--target-key-id', KeyMetadata.KeyId];
    expect(await aws([...alias, '--region', 'eu-west-1'], { cwd: root })).toMatchObject({ code: 0 });
    const key = new PlansKey(aws, root, AT);
    await seal(options(), key);
    await open(options({ plans: 'opened' }), key);
    expect(await readFile(join(root, 'opened', 'alb', 'plan.tfplan'), 'utf8')).toBe(SECRET);
    const { kept } = await key.make();
    await expect(new PlansKey(aws, root, { ...AT, environment: 'dev' }).open(kept)).rejects.toMatchObject({
      code: 'AWS_FAILED',
    });
  }, 120_000);
});
