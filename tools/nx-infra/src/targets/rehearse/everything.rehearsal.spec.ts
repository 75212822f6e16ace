import { cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { listening } from '../../testing/workspace.ts';
import { rehearse } from './rehearse.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..', '..');

// The workspace as it is, but that `prod` has every option on: below the output folder, where packages are found.
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(ROOT, 'cdktf.out', '.everything-'));
  const stacks = join(root, 'stacks');
  await cp(join(ROOT, 'stacks'), stacks, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  await symlink(join(ROOT, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  const environment = (name: string): string => join(stacks, 'environments', `${name}.ts`);
  await rename(environment('prod'), environment('prod-as-it-is'));
  const everything = join(stacks, 'testing', 'everything.ts');
  const text = await readFile(everything, 'utf8');
  await writeFile(everything, text.replace('/prod.ts', '/prod-as-it-is.ts'));
  await writeFile(environment('prod'), `export { everything as prod } from '../testing/everything.ts';\n`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

needing('terraform', 'python3')('infra:rehearse of every option', () => {
  it('rehearses them', async () => {
    const { context, lines } = listening();
    const { message } = await rehearse({ root, env: 'prod' }, context).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}\n${lines.join('\n')}`, { cause: error });
    });
    expect(message).toContain('Nothing is left.');
    // What only this environment has.
    for (const address of [
      'aws_cloudformation_stack.login-style',
      'aws_cognito_resource_server.api',
      'aws_cognito_user_pool_client.machines',
      'aws_lb_listener_rule.bearer_1',
      'aws_vpc_endpoint.ecr_api',
    ]) {
      expect(lines.join('\n')).toContain(`create ${address} done`);
    }
  });
});
