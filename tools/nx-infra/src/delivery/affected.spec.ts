import { describe, expect, it } from '@jest/globals';

import { type Run } from '../runner/command.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { affected } from './affected.ts';
import { running } from './running.ts';

const answer = (stdout: string, code = 0): ReturnType<Run> =>
  Promise.resolve({ code, stdout, stderr: code === 0 ? '' : 'bad revision' });
const stacksOf = (name: string, isDelivered = true): SynthesizedStacks => {
  const terraform = (resource: Record<string, Record<string, Record<string, unknown>>>) => ({
    provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['222222222222'] }] },
    resource,
    data: {},
    output: {},
  });
  const stack = (stackName: string, resource: Parameters<typeof terraform>[0]) =>
    [stackName, { name: stackName, dependencies: [], terraform: terraform(resource) }] as const;
  const delivery = stack('delivery', { aws_iam_role: { plan: { name: `gatehouse-${name}-plan` } } });
  const ecs = stack('ecs', {
    aws_ecs_cluster: { c: { name: 'cluster' } },
    aws_ecs_service: { s: { name: 'service' } },
  });
  return new Map(isDelivered ? [delivery, ecs] : [ecs]);
};

async function found(
  projects: readonly string[],
  files: readonly string[],
  more: object = {},
): Promise<readonly string[]> {
  const options = { root: '/', env: ['dev', 'prod'], base: 'origin/main', head: 'HEAD', ...more };
  const { data } = await affected(options, {
    nx: () => answer(JSON.stringify(projects)),
    git: () => answer(files.join('\n')),
    synthesize: (name) => Promise.resolve(stacksOf(name)),
  });
  return data.map(({ environment }) => environment);
}

describe('infra:affected', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['documentation', ['workspace'], ['README.md'], []],
    ['nothing', [], [], []],
    ['a stack', ['infra'], ['stacks/alb/rules.ts'], ['dev', 'prod']],
    ['the application', ['auth', 'auth-e2e'], ['apps/auth/src/main.ts'], ['dev', 'prod']],
    ['one environment', ['infra'], ['stacks/environments/prod.ts'], ['prod']],
    ['two environments', ['infra'], ['stacks/environments/prod.ts', 'stacks/environments/dev.ts'], ['dev', 'prod']],
    ['an environment and a stack', ['infra'], ['stacks/environments/prod.ts', 'stacks/alb/rules.ts'], ['dev', 'prod']],
    ['what environments are', ['infra'], ['stacks/environments/schema.ts'], ['dev', 'prod']],
    ['what is read where git says nothing', ['infra'], [], ['dev', 'prod']],
  ])('finds what a change of %s affects', async (_what, projects, files, environments) => {
    expect(await found(projects, files)).toEqual(environments);
  });

  it('says who plans, and leaves out what people deploy', async () => {
    const { data } = await affected(
      { root: '/', env: ['dev', 'prod'], base: 'a', head: 'b' },
      {
        nx: () => answer('["infra"]'),
        git: () => answer('stacks/app.ts\n'),
        synthesize: (name) => Promise.resolve(stacksOf(name, name === 'prod')),
      },
    );
    expect(data).toEqual([
      { environment: 'prod', region: 'eu-west-1', planRole: 'arn:aws:iam::222222222222:role/gatehouse-prod-plan' },
    ]);
  });

  it('finds every environment where nothing is said to have changed', async () => {
    const nobody: Run = () => Promise.reject(new Error('asked'));
    const { data } = await affected(
      { root: '/', env: ['dev', 'prod'] },
      { nx: nobody, git: nobody, synthesize: (name) => Promise.resolve(stacksOf(name)) },
    );
    expect(data.map(({ environment }) => environment)).toEqual(['dev', 'prod']);
  });

  it.each(['--upload-pack=x', '-x', '', 'a b', '$(x)'])('takes %j for no commit', async (base) => {
    await expect(found(['infra'], [], { base })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('does not take silence for nothing', async () => {
    const tools = { git: () => answer('', 128), synthesize: (name: string) => Promise.resolve(stacksOf(name)) };
    const options = { root: '/', env: ['prod'], base: 'a', head: 'b' };
    await expect(affected(options, { ...tools, nx: () => answer('["infra"]') })).rejects.toThrow(/bad revision/);
    await expect(affected(options, { ...tools, nx: () => answer('{}') })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
  });
});

describe('infra:running', () => {
  const digest = `sha256:${'1'.repeat(64)}`;
  const client = (service: object | Error, image = `registry/app@${digest}`) =>
    ({
      send: ({ constructor }: object) => {
        if (service instanceof Error) return Promise.reject(service);
        const task = { taskDefinition: { containerDefinitions: [{ image }] } };
        return Promise.resolve(constructor.name === 'DescribeServicesCommand' ? { services: [service] } : task);
      },
    }) as unknown as Parameters<typeof running>[2];
  const ask = async (...args: Parameters<typeof client>) =>
    (await running('prod', stacksOf('prod'), client(...args))).data.digest;

  it('says the digest of the image that runs', async () => {
    expect(await ask({ status: 'ACTIVE', taskDefinition: 'arn' })).toBe(digest);
  });

  it('says none where nothing runs, or what runs has no digest', async () => {
    expect(await ask({ status: 'INACTIVE', taskDefinition: 'arn' })).toBeNull();
    expect(await ask({ status: 'ACTIVE', taskDefinition: 'arn' }, 'registry/app:latest')).toBeNull();
    expect(await ask(Object.assign(new Error('no'), { name: 'ClusterNotFoundException' }))).toBeNull();
  });

  it('does not take a refusal for nothing', async () => {
    await expect(
      ask(Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' })),
    ).rejects.toMatchObject({ code: 'AWS_FAILED' });
  });
});
