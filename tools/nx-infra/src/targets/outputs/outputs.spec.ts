import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { listening, workspace } from '../../testing/workspace.ts';
import { plan } from '../plan/plan.ts';
import { outputs } from './outputs.ts';

const CANARY = 'canary-of-a-secret';

needing('terraform')('infra:outputs', () => {
  it('shows what is applied and nothing secret, and says what is not', async () => {
    const applied = {
      json: {
        output: {
          url: { value: 'https://app.example.com' },
          zones: { value: ['a', 'b'] },
          secret: { value: CANARY, sensitive: true },
        },
      },
    };
    await using house = await workspace({ applied, waiting: { json: {} } });
    const options = { root: house.root, env: 'test' };
    await plan(options, listening().context);
    const output = join(house.root, 'cdktf.out', 'test');
    execFileSync('terraform', ['apply', '-no-color', join(output, 'plans', 'applied', 'plan.tfplan')], {
      cwd: join(output, 'plan-work', 'applied'),
      stdio: 'pipe',
    });
    const { context, lines } = listening();
    const { message, data } = await outputs(options, context);
    expect(data).toEqual({
      applied: { secret: '(sensitive)', url: 'https://app.example.com', zones: ['a', 'b'] },
      waiting: null,
    });
    expect(message.split('\n').sort()).toEqual(
      [
        'applied:',
        '  url = https://app.example.com',
        '  zones = ["a","b"]',
        '  secret = (sensitive)',
        'waiting: not applied',
      ].sort(),
    );
    expect(message + lines.join('\n')).not.toContain(CANARY);
  });

  it('says which state it could not read', async () => {
    const unreadable = { terraform: { backend: { local: { path: '/dev/null/no.tfstate' } } } };
    await using house = await workspace({ fine: { json: {} }, odd: { json: unreadable } });
    await expect(outputs({ root: house.root, env: 'test' }, listening().context)).rejects.toMatchObject({
      code: 'STACKS_FAILED',
      message: expect.stringContaining(': odd.'),
    });
  });
});
