import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { listening, type TestStack, workspace, type Workspace } from '../../testing/workspace.ts';
import { plan } from './plan.ts';

const CANARY = 'canary-of-a-secret';

/** A stack whose output is known only when it is applied. terraform_data is part of Terraform: no provider starts. */
const lower = (name: string): TestStack => ({
  json: {
    resource: {
      terraform_data: { vpc: { input: name }, secret: { input: `\${sensitive("${CANARY}")}` } },
    },
    output: {
      vpcId: { value: '${terraform_data.vpc.id}', '//': { kind: 'vpc-id' } },
      name: { value: name, '//': { kind: 'cluster-name' } },
    },
  },
});
const upper: TestStack = {
  dependencies: ['lower'],
  json: {
    data: { terraform_remote_state: { lower: { backend: 'local', config: { path: '../../state/lower.tfstate' } } } },
    resource: {
      terraform_data: { thing: { input: 'in ${data.terraform_remote_state.lower.outputs.vpcId}' } },
    },
    output: { where: { value: '${data.terraform_remote_state.lower.outputs.name}' } },
  },
};

const run = (house: Workspace, more: object = {}): ReturnType<typeof plan> =>
  plan({ root: house.root, env: 'test', ...more }, listening().context);
const kept = (house: Workspace, ...path: readonly string[]): string =>
  join(house.root, 'cdktf.out', 'test', 'plans', ...path);
async function json<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
const apply = (house: Workspace, stack: string): void => {
  execFileSync('terraform', ['apply', '-no-color', '-input=false', kept(house, stack, 'plan.tfplan')], {
    cwd: join(house.root, 'cdktf.out', 'test', 'plan-work', stack),
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
    stdio: 'pipe',
  });
};

needing('terraform')('infra:plan', () => {
  it('plans on what is not applied, and names each assumption', async () => {
    await using house = await workspace({ lower: lower('a'), upper });
    const { message } = await run(house);
    expect(message).toContain('upper    lower.name (as planned), lower.vpcId (placeholder)');
    expect(await json(kept(house, 'upper', 'assumptions.json'))).toEqual([
      { name: 'lower.name', kind: 'cluster-name', value: 'a', because: 'not-applied-yet' },
      {
        name: 'lower.vpcId',
        kind: 'vpc-id',
        value: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
        because: 'unknown-until-applied',
      },
    ]);
    const planned = await readFile(kept(house, 'upper', 'plan.json'), 'utf8');
    expect(planned).toMatch(/"input":"in vpc-[0-9a-f]{17}"/);
    // What rests on assumptions must not be applied.
    expect(await readdir(kept(house, 'upper'))).toEqual(['assumptions.json', 'plan.json']);
    expect(await readdir(kept(house, 'lower'))).toEqual(['assumptions.json', 'plan.json', 'plan.tfplan']);
  });

  it('plans as it will be applied, once everything under it is', async () => {
    await using house = await workspace({ lower: lower('a'), upper });
    await run(house);
    apply(house, 'lower');
    await run(house);
    expect(await json(kept(house, 'upper', 'assumptions.json'))).toEqual([]);
    apply(house, 'upper');
    const { data } = await run(house);
    expect(data).toMatchObject({
      stacks: { lower: { changes: { add: 0 } }, upper: { changes: { add: 0, change: 0 } } },
    });

    await house.write({ lower: lower('b'), upper });
    await run(house);
    expect(await json(kept(house, 'upper', 'assumptions.json'))).toEqual([
      { name: 'lower.name', kind: 'cluster-name', value: 'b', because: 'not-applied-yet' },
    ]);
  }, 60_000);

  it('keeps secrets out of what is read, and from others what is not', async () => {
    await using house = await workspace({ lower: lower('a') });
    await run(house);
    const text = await readFile(kept(house, 'lower', 'plan.json'), 'utf8');
    const { configuration, ...rest } = JSON.parse(text) as { configuration: unknown };
    // The test writes its secret into the configuration, where no stack has one.
    expect(configuration).toBeDefined();
    expect(JSON.stringify(rest)).not.toContain(CANARY);
    expect(JSON.stringify(rest)).toContain('(sensitive)');
    for (const file of ['plan.json', 'plan.tfplan']) {
      expect((await stat(kept(house, 'lower', file))).mode & 0o077).toBe(0);
    }
  });

  it('plans what does not stand on a failure, and leaves no plan of before', async () => {
    const broken: TestStack = { json: { output: { vpcId: { value: '${no.such}' } } } };
    await using house = await workspace({ lower: lower('a'), upper, other: lower('c') });
    await run(house);
    await house.write({ lower: broken, upper, other: lower('c') });
    const { context, lines } = listening();
    await expect(plan({ root: house.root, env: 'test' }, context)).rejects.toMatchObject({
      code: 'STACKS_FAILED',
      message: expect.stringContaining('Not planned: lower, upper.'),
    });
    expect(lines.join('\n')).toMatch(/lower +plan failed: terraform plan: .*Reference to undeclared resource/s);
    expect(lines.join('\n')).toMatch(/upper +plan skipped: lower was not planned/);
    expect(await readdir(kept(house, 'other'))).toContain('plan.tfplan');
    await expect(readdir(kept(house, 'upper'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(kept(house, 'lower'))).toEqual([]);
  });

  it('says which output nobody can stand in for, if it is used', async () => {
    const odd = lower('a');
    const bare = { ...odd, json: { ...odd.json, output: { vpcId: { value: '${terraform_data.vpc.id}' } } } };
    await using house = await workspace({ lower: bare, upper });
    const { context, lines } = listening();
    await expect(plan({ root: house.root, env: 'test', stack: 'upper' }, context)).rejects.toMatchObject({
      message: expect.stringContaining('Not planned: upper.'),
    });
    expect(lines.join('\n')).toMatch(/upper +init failed: Output vpcId of lower is of kind \(none\)/);
    await run(house, { stack: 'lower' });
  });

  it('takes the image that is given, or a placeholder with a name', async () => {
    const service: TestStack = {
      json: { variable: { image_digest: { type: 'string' } }, output: { image: { value: '${var.image_digest}' } } },
    };
    await using house = await workspace({ service });
    const digest = `sha256:${'a'.repeat(64)}`;
    await run(house);
    expect(await json(kept(house, 'service', 'assumptions.json'))).toMatchObject([
      { name: 'var.image_digest', because: 'not-given' },
    ]);
    await run(house, { imageDigest: digest });
    expect(await json(kept(house, 'service', 'assumptions.json'))).toEqual([]);
    expect(await json(kept(house, 'service', 'plan.json'))).toMatchObject({
      planned_values: { outputs: { image: { value: digest } } },
    });
    await expect(run(house, { imageDigest: 'latest' })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
