import { expect, it } from '@jest/globals';

import { fakeDocker } from '../testing/fake-docker.ts';
import { needing } from '../testing/needing.ts';
import { listening, workspace } from '../testing/workspace.ts';
import { buildAndPush, push } from './push.ts';

const source = { name: 'app', dockerfile: 'Dockerfile', bundle: 'main.js' };
const URL = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/app';
const task = { aws_ecs_task_definition: { app: { runtime_platform: { cpu_architecture: 'ARM64' } } } };
const provider = { aws: [{ region: 'eu-west-1', allowed_account_ids: ['222222222222'] }] };

it('pushes to no repository of another account, before anything is built', async () => {
  await using docker = await fakeDocker([]);
  process.env['PATH'] = docker.env['PATH'];
  const destination = { repositoryUrl: URL, account: '222222222222', platform: 'linux/amd64' };
  await expect(buildAndPush({ root: '/', ...source }, destination, listening().context)).rejects.toMatchObject({
    code: 'AWS_ACCOUNT',
    message: expect.stringContaining('222222222222'),
  });
  expect(await docker.calls()).toEqual([]);
});

needing('terraform')('auth:push', () => {
  it('says that there is no repository yet', async () => {
    await using house = await workspace({ ecr: { json: { provider } }, ecs: { json: { resource: task, provider } } });
    const options = { root: house.root, env: 'test', ...source };
    await expect(push(options, listening().context)).rejects.toMatchObject({ code: 'NOT_APPLIED' });
  });

  it('says that there are no stacks to push for', async () => {
    await using house = await workspace({ ecs: { json: { resource: task, provider } } });
    const options = { root: house.root, env: 'test', ...source };
    await expect(push(options, listening().context)).rejects.toMatchObject({ code: 'STACK_MISSING' });
  });
});
