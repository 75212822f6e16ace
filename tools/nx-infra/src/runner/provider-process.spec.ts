import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startProvider } from './provider-process.ts';

const provider = { source: 'hashicorp/aws', version: '5.100.0' };
/** Announces itself as a provider does, and says with which environment and process it was started. */
const GOOD = `#!${process.execPath}
const { writeFileSync } = require('node:fs');
writeFileSync(process.env.SAID, JSON.stringify({ pid: process.pid, args: process.argv.slice(2), env: process.env }));
console.error('a log with a secret');
console.log('Provider started.');
console.log("\\tTF_REATTACH_PROVIDERS='{\\"registry.terraform.io/hashicorp/aws\\":{}}'");
setInterval(() => undefined, 1000);
`;

interface Said {
  readonly pid: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function install(program: string, version = provider.version): Promise<void> {
  const installed = join(folder, '.terraform/providers/registry.terraform.io/hashicorp/aws', version, 'linux_amd64');
  await mkdir(installed, { recursive: true });
  await writeFile(join(installed, 'terraform-provider-aws_v5.100.0_x5'), program, { mode: 0o755 });
}

async function start() {
  const said = join(folder, 'said.json');
  const started = await startProvider({ folder, provider, env: { SAID: said, AWS_REGION: 'eu-west-1' } });
  const read = async (): Promise<Said> => JSON.parse(await readFile(said, 'utf8')) as Said;
  return { started, read };
}

describe('startProvider', () => {
  it('starts the installed provider, and tells Terraform of it', async () => {
    await install(GOOD);
    const { started, read } = await start();
    expect(started?.env).toEqual({ TF_REATTACH_PROVIDERS: '{"registry.terraform.io/hashicorp/aws":{}}' });
    expect(await read()).toMatchObject({ args: ['-debug'], env: { AWS_REGION: 'eu-west-1', TF_LOG: 'OFF' } });
    await started?.[Symbol.asyncDispose]();
  });

  it('keeps its socket where no other user gets to it', async () => {
    await install(GOOD);
    const { started, read } = await start();
    const sockets = (await read()).env['PLUGIN_UNIX_SOCKET_DIR'] ?? '';
    expect((await stat(sockets)).mode & 0o777).toBe(0o700);
    expect(dirname(sockets)).toBe(tmpdir());
    await started?.[Symbol.asyncDispose]();
    expect(existsSync(sockets)).toBe(false);
  });

  it('ends it', async () => {
    await install(GOOD);
    const { started, read } = await start();
    const { pid } = await read();
    expect(() => process.kill(pid, 0)).not.toThrow();
    await started?.[Symbol.asyncDispose]();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it.each([
    ['ends at once', `#!${process.execPath}\nprocess.exit(1)`],
    ['is no program', 'not a program'],
  ])('leaves a provider that %s to Terraform', async (_what, program) => {
    await install(program);
    expect((await start()).started).toBeUndefined();
  });

  it('leaves one of another version, and none at all, to Terraform', async () => {
    expect((await start()).started).toBeUndefined();
    await install(GOOD, '5.99.0');
    expect((await start()).started).toBeUndefined();
  });
});
