import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalAlb } from '../local-alb.ts';
import { ensureLocalAuthority } from '../local-authority.ts';
import { CookieJar, fetchOnce } from '../testdata/client.ts';
import { type FakeTarget, startFakeTarget } from '../testdata/fake-target.ts';
import { type FakeUserPool, startFakeUserPool } from '../testdata/fake-user-pool.ts';
import { callbackOf } from '../testdata/rig.ts';
import { until } from '../testdata/until.ts';
import { readArguments } from './arguments.ts';
import { run } from './run.ts';

const shop = fileURLToPath(new URL('../testdata/shop.tf.json', import.meta.url));
/** What Terraform 1.11 and the AWS provider 5.100 plan for the configuration beside it, as `terraform show -json` prints it. */
const plan = fileURLToPath(new URL('../testdata/hcl/show.json', import.meta.url));

/** Of a rule. */
interface Given {
  readonly conditions?: readonly unknown[];
  readonly page?: string;
}

describe('the command', () => {
  let folder: string;
  let target: FakeTarget;
  let pool: FakeUserPool;
  let alb: LocalAlb | undefined;
  let printed: string[];

  beforeEach(async () => {
    folder = join(tmpdir(), `gatehouse-alb-${randomUUID()}`);
    await mkdir(folder);
    [target, pool] = await Promise.all([startFakeTarget(), startFakeUserPool()]);
    alb = undefined;
    printed = [];
    await copyFile(shop, join(folder, 'shop.tf.json'));
    const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = pool.endpoints;
    const endpoints = { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId: 'client1' };
    await writeFile(join(folder, 'pool.json'), JSON.stringify(endpoints));
  });
  afterEach(async () => {
    await Promise.all([alb?.close(), target.close(), pool.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (more: readonly string[], secret: string | null = pool.endpoints.clientSecret) => {
    const base = ['--terraform', folder, '--state', join(folder, 'state'), '--port', '443=0', '--port', '80=0'];
    const options = readArguments([...base, ...more]);
    if (options === 'help') throw new Error('help was asked for');
    const environment = secret === null ? {} : { GATEHOUSE_ALB_CLIENT_SECRET: secret };
    alb = await run(options, { environment, print: (line) => printed.push(line) });
    return alb;
  };
  const poolFile = (): readonly string[] => ['--user-pool', join(folder, 'pool.json')];
  const refusal = async (...parameters: Parameters<typeof start>): Promise<unknown> =>
    start(...parameters).catch((error: unknown) => error);

  it('runs a configuration, login included', async () => {
    const log = join(folder, 'access.log');
    const running = await start([
      ...poolFile(),
      ...['--target', `web=${target.url.origin}`, '--access-log', log, '--inspector', '0', '--administration', '0'],
    ]);
    const ca = await readFile(join(folder, 'state', 'certificate', 'ca.pem'), 'utf8');
    const https = running.addresses.find(({ protocol }) => protocol === 'HTTPS');
    const jar = new CookieJar();
    const get = async (url: string) => {
      const answer = await fetchOnce(url, { ca, headers: { Cookie: jar.header } });
      jar.take(answer.setCookies);
      return answer;
    };
    const origin = `https://app.localhost:${https?.port}`;
    const begun = await get(`${origin}/page`);
    expect(begun.location.searchParams.get('client_id')).toBe('client1');
    expect((await get(callbackOf(begun))).status).toBe(302);
    expect((await get(`${origin}/page`)).status).toBe(200);

    expect(printed.join('\n')).toContain(`Listening on ${origin}`);
    expect(printed.join('\n')).toContain('Inspector: http://127.0.0.1:');
    expect((await readFile(log, 'utf8')).trim().split('\n')).toHaveLength(3);
    expect((await stat(log)).mode & 0o777).toBe(0o600);
    for (const secret of [pool.endpoints.clientSecret, 'code-1', 'access-1', jar.header.slice(-60)]) {
      expect(printed.join('\n') + (await readFile(log, 'utf8'))).not.toContain(secret);
    }
  });

  it('checks the targets when there are several', async () => {
    const other = await startFakeTarget();
    const targets = ['--target', `shop-web=${target.url.origin}`, '--target', `shop-web=${other.url.origin}`];
    const running = await start([...poolFile(), ...targets]);
    await until(
      () =>
        running.targetHealth('${aws_lb_target_group.web.arn}').filter(({ state }) => state === 'healthy').length === 2,
    );
    await other.close();
  });

  it('takes the secret from a file', async () => {
    await writeFile(join(folder, 'secret'), 'of the file\n');
    await start([...poolFile(), '--client-secret-file', join(folder, 'secret')], null);
    expect(printed.join('\n')).not.toContain('of the file');
  });

  it.each([
    ['no secret', [], null, 'OPTION_INVALID', 'GATEHOUSE_ALB_CLIENT_SECRET'],
    [
      'a target group that is not there',
      ['--target', 'api=http://a:1'],
      's',
      'OPTION_INVALID',
      'aws_lb_target_group.web',
    ],
    [
      'another load balancer',
      ['--load-balancer', 'aws_lb.other'],
      's',
      'CONFIGURATION_UNUSABLE',
      'no such load balancer',
    ],
    ['no such file', ['--terraform', '/nonexistent.json'], 's', 'CONFIGURATION_UNUSABLE', 'ENOENT'],
    [
      'a file that is not JSON',
      ['--terraform', fileURLToPath(import.meta.url)],
      's',
      'CONFIGURATION_UNUSABLE',
      'terraform show -json',
    ],
  ])('refuses %s, and says what to do', async (_, more, secret, code, message) => {
    const error = await refusal([...poolFile(), ...more], secret);
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(message);
  });

  it('refuses a file of the user pool that holds anything else, such as a secret', async () => {
    await writeFile(join(folder, 'pool.json'), JSON.stringify({ issuer: 'https://i', clientSecret: 'hidden' }));
    const error = await refusal(poolFile());
    expect(error).toMatchObject({ code: 'OPTION_INVALID' });
    expect(String(error)).not.toContain('hidden');
  });

  it('refuses a folder with several files, and what a rule cannot be', async () => {
    await copyFile(shop, join(folder, 'other.tf.json'));
    expect(await refusal(poolFile())).toMatchObject({ code: 'CONFIGURATION_UNUSABLE' });
    await rm(join(folder, 'other.tf.json'));
    const text = (await readFile(shop, 'utf8')).replace('"authenticate-cognito",', '"authenticate-nobody",');
    await writeFile(join(folder, 'shop.tf.json'), text);
    expect(await refusal(poolFile())).toMatchObject({ code: 'CONFIGURATION_UNUSABLE' });
  });

  it('runs what a project in HCL plans: its rules, its login, and what it sets for targets', async () => {
    await rm(join(folder, 'shop.tf.json'));
    await copyFile(plan, join(folder, 'plan.tf.json'));
    target.handler = (request, response) =>
      request.url === '/health' ? response.writeHead(204).end() : response.end(`answer to ${request.url}`);
    const running = await start([...poolFile(), '--target', `shop-web=${target.url.origin}`]);
    running.registerTarget('aws_lb_target_group.web', target.url);
    await until(() => running.targetHealth('aws_lb_target_group.web')[0]?.state === 'healthy');
    const ca = await readFile(join(folder, 'state', 'certificate', 'ca.pem'), 'utf8');
    const origin = `https://localhost:${running.addresses[0]?.port}`;
    const open = await fetchOnce(`${origin}/assets/app.css`, { ca });
    expect(open).toMatchObject({ status: 200, body: 'answer to /assets/app.css' });
    expect(open.setCookies.join()).toMatch(/AWSALB=/);
    expect((await fetchOnce(`${origin}/account`, { ca })).location.searchParams.get('client_id')).toBe('client1');
    // Desync mitigation is strict there.
    expect((await fetchOnce(`${origin}/assets/app.css`, { ca, headers: { 'Content-Length': '0' } })).status).toBe(400);
  });

  describe('with logins of OpenID Connect', () => {
    let provider: FakeUserPool;
    beforeEach(async () => {
      const { key, cert, ca } = await ensureLocalAuthority(join(folder, 'state', 'certificate'), ['127.0.0.1']);
      expect(ca).toContain('BEGIN');
      provider = await startFakeUserPool({ key, cert });
    });
    afterEach(() => provider.close());

    /** A rule in front of the login of the user pool, as a plan or a configuration says it. */
    const write = async (secret: string | undefined, clientIds: readonly string[] = ['client1']): Promise<void> => {
      const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = provider.endpoints;
      const rules = clientIds.map((client_id, index) => ({
        listener_arn: '${aws_lb_listener.https.arn}',
        priority: index + 1,
        condition: [{ path_pattern: { values: [`/${client_id}`] } }],
        action: [
          {
            type: 'authenticate-oidc',
            authenticate_oidc: {
              issuer,
              authorization_endpoint: authorizationEndpoint,
              token_endpoint: tokenEndpoint,
              user_info_endpoint: userInfoEndpoint,
              client_id,
              client_secret: secret,
              session_cookie_name: 'oidc',
            },
          },
          { type: 'forward', target_group_arn: '${aws_lb_target_group.web.arn}' },
        ],
      }));
      const json = JSON.parse(await readFile(shop, 'utf8')) as { resource: Record<string, unknown> };
      json.resource['aws_lb_listener_rule'] = Object.fromEntries(rules.map((rule, index) => [`r${index}`, rule]));
      await writeFile(join(folder, 'shop.tf.json'), JSON.stringify(json));
    };
    /** What the provider was shown when somebody signed in. */
    const shown = async (): Promise<string | undefined> => {
      const ca = await readFile(join(folder, 'state', 'certificate', 'ca.pem'), 'utf8');
      const port = alb?.addresses.find(({ protocol }) => protocol === 'HTTPS')?.port;
      const begun = await fetchOnce(`https://localhost:${port}/client1`, { ca });
      const Cookie = begun.setCookies.map((cookie) => cookie.split(';')[0]).join('; ');
      expect((await fetchOnce(callbackOf(begun), { ca, headers: { Cookie } })).status).toBe(302);
      const [token] = provider.requests;
      const [, secret] = Buffer.from(token?.authorization?.slice(6) ?? '', 'base64')
        .toString()
        .split(':');
      return secret;
    };

    it('takes the secret of the configuration, and shows the provider no other [A2.10 D]', async () => {
      await write('of-the-plan');
      await start(poolFile(), 'of-the-user-pool');
      expect(await shown()).toBe('of-the-plan');
      expect(pool.requests).toEqual([]);
      expect(printed.join()).not.toMatch(/of-the-/);
    });

    it('takes the secret of a file, and says which it wants where it is not known [A2.10 D]', async () => {
      await write('${var.secret}');
      const error = await refusal(poolFile(), 'of-the-user-pool');
      expect(error).toMatchObject({
        code: 'OPTION_INVALID',
        message: expect.stringContaining('--oidc-secret-file client1='),
      });
      await writeFile(join(folder, 'oidc'), 'of-the-file\n');
      await start([...poolFile(), '--oidc-secret-file', `client1=${join(folder, 'oidc')}`], 'of-the-user-pool');
      expect(await shown()).toBe('of-the-file');
      expect(printed.join()).not.toMatch(/of-the-/);
    });

    it('refuses a file for a client that no rule signs in with, and more clients than secrets', async () => {
      await writeFile(join(folder, 'oidc'), 'of-the-file\n');
      await write('of-the-plan');
      const files = ['--oidc-secret-file', `other=${join(folder, 'oidc')}`];
      expect(await refusal([...poolFile(), ...files], 's')).toMatchObject({ code: 'OPTION_INVALID' });
      await write(undefined, ['client1', 'client2']);
      const one = ['--oidc-secret-file', `client1=${join(folder, 'oidc')}`];
      const error = await refusal([...poolFile(), ...one], 's');
      expect(error).toMatchObject({ code: 'OPTION_INVALID', message: expect.stringContaining('client2') });
    });
  });

  it.each<[string, Given]>([
    ['six values [A1.13 D]', { conditions: [{ path_pattern: { values: ['/1', '/2', '/3', '/4', '/5', '/6'] } }] }],
    ['a value of 129 characters [A1.13 D]', { conditions: [{ path_pattern: { values: [`/${'x'.repeat(128)}`] } }] }],
    ['a page of more than 1024 bytes [A2.13 D]', { page: 'x'.repeat(1025) }],
  ])('refuses a rule that has %s', async (_, given: Given) => {
    const { conditions = [{ path_pattern: { values: ['/a'] } }], page = 'a' } = given;
    const rule = {
      listener_arn: '${aws_lb_listener.https.arn}',
      priority: 1,
      condition: conditions,
      action: [{ type: 'fixed-response', fixed_response: { content_type: 'text/plain', message_body: page } }],
    };
    const json = JSON.parse(await readFile(shop, 'utf8')) as { resource: Record<string, unknown> };
    json.resource['aws_lb_listener_rule'] = { one: rule };
    await writeFile(join(folder, 'shop.tf.json'), JSON.stringify(json));
    const error = await refusal(poolFile());
    expect(error).toMatchObject({ code: 'CONFIGURATION_UNUSABLE' });
    expect(String(error)).toContain('aws_lb_listener_rule.one');
  });

  it('is a program that explains itself, and ends with 1 when it cannot run', async () => {
    const bin = fileURLToPath(new URL('../bin.ts', import.meta.url));
    const program = ['--conditions=@gatehouse/source', '--import', 'tsx', bin];
    const execute = promisify(execFile);
    const options = { cwd: fileURLToPath(new URL('../../../..', import.meta.url)), env: { PATH: process.env['PATH'] } };
    const help = await execute(process.execPath, [...program, '--help'], options);
    expect(help.stdout).toContain('Usage: gatehouse-alb --terraform FILE --target NAME=URL');
    const failed = await execute(process.execPath, program, options).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^OPTION_INVALID: .*--terraform is missing/),
    });
  }, 30_000);
});
