import { describe, expect, it } from '@jest/globals';

import { everything } from '../testing/everything.ts';
import { dev } from './dev.ts';
import { environments, EnvironmentError, loadEnvironment, parseEnvironment } from './index.ts';
import { prod } from './prod.ts';

/** A deep copy of dev with one value replaced, or taken away where it is undefined. */
function devWith(path: string, value: unknown): unknown {
  const copy = structuredClone(dev) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

function problemsOf(input: unknown): readonly string[] {
  try {
    parseEnvironment(input);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadEnvironment', () => {
  it.each(Object.keys(environments))('takes %s', (name) => {
    expect(loadEnvironment(name).name).toBe(name);
  });

  it.each(['staging', '', 'toString', '__proto__'])('refuses the unknown name %j and lists the known', (name) => {
    expect(() => loadEnvironment(name)).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT_UNKNOWN',
        problems: [
          `GATEHOUSE_ENV: ${JSON.stringify(name)} is refused: it must name an environment (local, dev, prod); ` +
            'for example "local"',
        ],
      }),
    );
  });
});

describe('parseEnvironment', () => {
  it.each<[path: string, value: unknown, reason: RegExp]>([
    ['name', 'Dev', /lower-case letters/],
    ['name', 'a-name-much-too-long', /loadBalancer|targetGroup/],
    ['account', 111111111111, /twelve digits/],
    ['account', '1111', /twelve digits/],
    ['region', 'us-gov-west-1', /commercial/],
    ['region', 'cn-north-1', /commercial/],
    ['domain', 'App.example.com', /lower case/],
    ['domain', 'https://app.example.com', /without scheme/],
    ['domain', 'app.example.com:8443', /port/],
    ['ports.https', 0, /1 to 65535/],
    ['ports.https', '443', /whole number/],
    ['ports.http', 443, /differ from ports.https/],
    ['delivery', undefined, /null/],
    ['network.cidr', '10.20.0.0/24', /16 bits/],
    ['network.cidr', '8.8.0.0/16', /private/],
    ['network.cidr', '10.256.0.0/16', /private/],
    ['network.zones', ['eu-west-1a'], /two or three/],
    ['network.zones', ['eu-west-1a', 'eu-west-1a'], /once/],
    ['network.nat', 'none', /single/],
    ['network.interfaceEndpoints', ['ecr', 'ecr'], /each once/],
    ['network.flowLogRetentionDays', 2, /CloudWatch/],
    ['certificate.source', 'magic', /hosted-zone/],
    ['certificate.zoneId', 'zone', /Route 53/],
    ['login.hostedLogin.prefix', 'my-aws-login', /Cognito refuses/],
    ['login.hostedLogin.prefix', 'Upper', /a-z/],
    ['login.hostedLogin.at', 'home', /"prefix"/],
    ['login.pages', 'new', /classic/],
    ['login.tier', 'FREE', /PLUS/],
    ['login.threatProtection', 'ENFORCED', /only PLUS/],
    ['login.selfSignUp', 'no', /true/],
    ['login.sender', undefined, /null/],
    ['login.sessionCookieName', 'a b', /letters/],
    ['login.accessTokenMinutes', 4, /5 to 60/],
    ['login.accessTokenMinutes', 61, /5 to 60/],
    ['login.accessTokenMinutes', 15.5, /whole minutes/],
    ['login.sessionTimeoutSeconds', 604_801, /604800/],
    ['login.mfa', 'on', /OPTIONAL/],
    ['login.groups', [], /at least one/],
    ['login.groups', ['a', 'a'], /each once/],
    ['login.userAdministration', 'yes', /true .* or false/],
    ['login.userAdministration', undefined, /true .* or false/],
    ['publicPaths', ['/assets/gatehouse.css'], /must contain \/logged-out/],
    ['publicPaths', ['/logged-out', '/logged-out'], /each once/],
    ['apiPaths', ['/api/*', '/api/*'], /each once/],
    ['api', 'reports', /identifier/],
    ['machines', true, /bearer/],
    ['loadBalancer.desyncMitigation', 'monitor', /strictest/],
    ['loadBalancer.accessLogs', undefined, /null/],
    ['loadBalancer.webAcl', 2000, /null/],
    ['images.keepReleased', 1, /the one before it/],
    ['images.dropUntaggedDays', 0, /1 to 365/],
    ['service.architecture', 'x86', /ARM64/],
    ['service.containerInsights', true, /enhanced/],
    ['service.exec', 'yes', /shell/],
    ['service.secretKeys', 'arn:aws:kms', /of your own/],
    ['service.cpu', 300, /Fargate/],
    ['service.memoryMiB', 4096, /512 to 2048 in steps of 512/],
    ['service.desiredCount', 0, /1 to 100/],
    ['service.logRetentionDays', 2, /CloudWatch/],
    ['deletionProtection', 'true', /true .* or false/],
    ['state.bucket', 'Bucket', /bucket name/],
    ['state.backend', 'gcs', /s3/],
    ['surprise', 1, /not a setting/],
    ['network.surprise', 1, /not a setting/],
    ['network', undefined, /cidr, zones, nat/],
    ['region', undefined, /commercial/],
  ])('answers a wrong %s (%j) with one line: field, value, reason, example', (path, value, reason) => {
    const problems = problemsOf(devWith(path, value)).filter((line) => line.includes(`: ${path}: `));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(value === undefined ? '(missing) is refused' : `${JSON.stringify(value)} is refused`);
    expect(problems[0]).toMatch(reason);
    expect(problems[0]).toMatch(/; for example \S/);
    expect(problems[0]).not.toContain('\n');
  });

  it.each(['/public/*', '/a?b', 'logged-out', '/a b', '/oauth2/idpresponse', `/${'a'.repeat(128)}`, '/ä', '/%2e'])(
    'refuses the public path %j, which is not one exact path',
    (path) => {
      const problems = problemsOf({ ...dev, publicPaths: ['/logged-out', path] });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain('environment dev: publicPaths.1: ');
    },
  );

  it.each(['/api*', '/*/x', '*', '/api/**', '/oauth2/*', 'api/*'])(
    'refuses the API path %j, which is neither exact nor all below a path',
    (path) => {
      const [problem, ...more] = problemsOf({ ...dev, apiPaths: [path] });
      expect(more).toEqual([]);
      expect(problem).toContain('environment dev: apiPaths.0: ');
    },
  );

  it('takes every option at once', () => {
    expect(problemsOf(everything)).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ['login.pages', { login: { ...prod.login, tier: 'LITE', pages: 'managed' } }, /LITE/],
    [
      'login.hostedLogin.domain',
      { login: { ...prod.login, hostedLogin: { ...everything.login.hostedLogin, domain: prod.domain } } },
      /differ from domain/,
    ],
    [
      'login.hostedLogin.certificateArn',
      {
        login: {
          ...prod.login,
          hostedLogin: {
            ...everything.login.hostedLogin,
            certificateArn: 'arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef',
          },
        },
      },
      /us-east-1/,
    ],
    [
      'login.sender.from',
      { login: { ...prod.login, sender: { ...everything.login.sender, from: 'nobody' } } },
      /address/,
    ],
    ['login.userAdministration', { login: { ...prod.login, groups: ['users'] } }, /without a group "admins"/],
    ['machines.scopes.0', { machines: { scopes: ['read'], paths: ['/api/*'] } }, /there are none/],
    [
      'machines.paths.0',
      { api: everything.api, machines: { scopes: ['read'], paths: ['/logged-out'] } },
      /must not be public/,
    ],
    [
      'service.scaling.maximumCount',
      { service: { ...prod.service, scaling: { maximumCount: 2, cpuPercent: 50, requestsPerTarget: 1 } } },
      /more than desiredCount/,
    ],
    [
      'service.secrets.0.variable',
      { service: { ...prod.service, secrets: [{ ...everything.service.secrets[0], variable: 'ALB_ARN' }] } },
      /must not be a setting/,
    ],
    [
      'service.secrets.0.arn',
      {
        service: {
          ...prod.service,
          secrets: [{ variable: 'X', arn: 'arn:aws:ssm:us-east-1:222222222222:parameter/x' }],
        },
      },
      /must lie in eu-west-1/,
    ],
    [
      'service.secrets.0.arn',
      { service: { ...prod.service, secrets: [{ variable: 'X', arn: 'hunter2' }] } },
      /the value itself is never here/,
    ],
  ])('refuses %s that does not go with the rest', (path, change, reason) => {
    const problems = problemsOf({ ...prod, ...change });
    expect(problems.map((line) => line.split(': ')[1])).toContain(path);
    expect(problems.join()).toMatch(reason);
  });

  it('refuses a zone of another region, by its place in the list', () => {
    const zones = ['eu-west-1a', 'eu-central-1a'];
    const problems = problemsOf({ ...dev, network: { ...dev.network, zones } });
    expect(problems).toEqual([
      'environment dev: network.zones.1: "eu-central-1a" is refused: it must lie in eu-west-1; for example "eu-west-1a"',
    ]);
  });

  it('refuses a certificate of another region: the load balancer could not use it', () => {
    const arn = 'arn:aws:acm:us-east-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef';
    const problems = problemsOf({ ...dev, certificate: { source: 'given', arn } });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('certificate.arn');
  });

  it('says everything that is wrong at once', () => {
    const input = { ...prod, region: 'moon', account: '', login: { ...prod.login, mfa: 'maybe' } };
    expect(problemsOf(input).map((line) => line.split(': ')[1])).toEqual(
      expect.arrayContaining(['region', 'account', 'login.mfa']),
    );
  });

  it.each([undefined, null, 'dev', 7, []])('refuses what is no environment at all: %j', (input) => {
    expect(problemsOf(input)).toHaveLength(1);
  });

  it('cuts a long value short', () => {
    const [line] = problemsOf({ ...dev, region: 'x'.repeat(5000) });
    expect(line?.length).toBeLessThan(300);
  });
});

describe('the repository that deploys', () => {
  const problemsWith = (delivery: object) => problemsOf({ ...dev, delivery: { ...prod.delivery, ...delivery } });

  it.each(['example/gatehouse', 'example@1/gatehouse@2', 'a-b/c.d_e'])('is %s', (repository) => {
    expect(problemsWith({ repository })).toEqual([]);
  });

  it.each(['gatehouse', 'example/*', '*', 'example@1/gatehouse', 'example/gatehouse@2', 'a/b/c', 'a/b:pull_request'])(
    'is not %s',
    (repository) => {
      expect(problemsWith({ repository })).toEqual([expect.stringMatching(/delivery\.repository: .+ owner\/name/)]);
    },
  );

  it('is believed through a provider of the same account', () => {
    const provider = (account: string) => `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
    expect(problemsWith({ providerArn: provider(dev.account) })).toEqual([]);
    expect(problemsWith({ providerArn: provider('999999999999') })).toEqual([
      expect.stringMatching(/delivery\.providerArn: .+ of account 111111111111/),
    ]);
    expect(problemsWith({ providerArn: 'arn:aws:iam::111111111111:role/a' })).toEqual([
      expect.stringMatching(/delivery\.providerArn: .+ identity provider/),
    ]);
  });

  it('is none where the state stays on a machine', () => {
    const state = { backend: 'local' };
    expect(problemsOf({ ...prod, state })).toEqual([expect.stringMatching(/delivery: .+ must be null/)]);
  });
});
