import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { needing } from '../testing/needing.ts';
import { pythonWithMoto } from './python.ts';
import { simulatedAws } from './simulated-aws.ts';

const ACCOUNT = '111111111111';
const LONGEST_MS = 90_000;
const EXTENSIONS = join(import.meta.dirname, 'moto');
const options = { account: ACCOUNT, region: 'eu-west-1' };
const path = process.env['PATH'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-spec-'));
});
afterEach(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true, force: true });
});

/** A `python3` that is a script. */
async function python(script: string): Promise<void> {
  await writeFile(join(folder, 'python3'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'python3'), 0o755);
  process.env['PATH'] = folder;
}

needing('python3')('a simulated AWS', () => {
  it(
    'is of the account, notes no bodies, and is gone afterwards',
    async () => {
      const log = join(folder, 'log');
      const credentials = { accessKeyId: 'canary', secretAccessKey: 'canary' };
      let endpoint: string;
      {
        await using aws = await simulatedAws({ ...options, log });
        ({ endpoint } = aws);
        expect(aws.env).toMatchObject({ AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1' });
        const sts = new STSClient({ endpoint, region: 'eu-west-1', credentials });
        expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(ACCOUNT);
      }
      await expect(fetch(endpoint)).rejects.toThrow();
      const noted = await readFile(log, 'utf8');
      expect(noted).toContain('POST / HTTP/1.1');
      expect(noted).not.toMatch(/canary|GetCallerIdentity/);
      // Where it is written, nothing is left of having run it.
      expect(await readdir(EXTENSIONS)).not.toContain('__pycache__');
    },
    LONGEST_MS,
  );

  it(
    'ends with who started it, even if that is killed',
    async () => {
      const module = JSON.stringify(join(import.meta.dirname, 'simulated-aws.ts'));
      const program = `const { simulatedAws } = await import(${module});
        const { endpoint } = await simulatedAws(${JSON.stringify(options)});
        process.stdout.write(endpoint, () => process.kill(process.pid, 'SIGKILL'));`;
      const args = ['--conditions=@gatehouse/source', '--import', 'tsx', '--input-type=module', '-e', program];
      const killed = promisify(execFile)(process.execPath, args, {
        env: { ...process.env, NODE_OPTIONS: '', TMPDIR: folder },
      });
      const { signal, stdout } = (await killed.catch((error: unknown) => error)) as { signal: string; stdout: string };
      expect(signal).toBe('SIGKILL');
      expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const gone = () =>
        fetch(stdout).then(
          () => false,
          () => true,
        );
      for (let waited = 0; waited < 50 && !(await gone()); waited += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(await gone()).toBe(true);
    },
    LONGEST_MS,
  );

  it.each([
    ['a method that moto lacks', 'patch.wraps(Backend, "delete_user_poool", "user_pool_id")', 'has no'],
    ['one that takes something else', 'patch.wraps(Backend, "delete_user_pool", "pool_id")', "takes ('user_pool_id',)"],
    ['one that moto has by now', 'patch.adds(Backend, "delete_user_pool")', 'remove the extension'],
    ['a property that is none', 'patch.replaces_property(Backend, "delete_user_pool")', 'no property'],
    ['another moto', 'patch.WRITTEN_FOR = (5, 9); patch.require_version()', 'written for 5.9'],
  ])(
    'refuses to replace %s',
    async (_what, statement, message) => {
      const program = `import patch\nfrom moto.cognitoidp.models import CognitoIdpBackend as Backend\n${statement}`;
      const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: EXTENSIONS };
      await expect(promisify(execFile)(pythonWithMoto(env), ['-c', program], { env })).rejects.toMatchObject({
        stderr: expect.stringMatching(/patch\.MotoDiffers/),
        message: expect.stringContaining(message),
      });
    },
    LONGEST_MS,
  );
});

describe('a simulated AWS that cannot be started', () => {
  it('says what to install where there is no Python', async () => {
    process.env['PATH'] = folder;
    await expect(simulatedAws(options)).rejects.toMatchObject({
      code: 'SIMULATOR_MISSING',
      message: expect.stringContaining("python3 -m pip install 'moto[server]==5.2.*'"),
    });
  });

  it.each([
    ['there is no moto', 3, 'No module named moto', 'SIMULATOR_MISSING'],
    ['it is another moto', 4, 'moto is 6.0.0', 'SIMULATOR_FAILED'],
    ['something else is wrong', 1, 'Address already in use', 'SIMULATOR_FAILED'],
  ])('says why where %s', async (_what, exitCode, said, code) => {
    await python(`echo '${said}'; exit ${exitCode}`);
    await expect(simulatedAws(options)).rejects.toMatchObject({ code, message: expect.stringContaining(said) });
  });
});
