import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { InfraError } from '../../errors.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { simulatedAws } from '../../testing/moto.ts';
import { needing } from '../../testing/needing.ts';
import { listening } from '../../testing/workspace.ts';
import { type TargetResult } from '../target.ts';
import { placeholder } from './placeholders.ts';
import { plan } from './plan.ts';

const ENVIRONMENT = 'dev';
const ACCOUNT = '111111111111';
const LONGEST_MS = 300_000;
const STACKS = join(import.meta.dirname, '..', '..', '..', '..', '..', 'stacks');

// The stacks of this workspace, with an output folder of their own.
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-five-'));
  await symlink(STACKS, join(root, 'stacks'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('placeholders', () => {
  it('are there for every output of every stack', async () => {
    const { stacks } = await synthesize({ root, environment: ENVIRONMENT });
    const outputs = [...stacks.values()].flatMap(({ name, terraform }) =>
      Object.entries(terraform.output).map(([output, { '//': comment }]) => ({
        stack: name,
        output,
        kind: (comment as { readonly kind?: string } | undefined)?.kind,
      })),
    );
    expect(outputs.length).toBeGreaterThan(15);
    for (const output of outputs) {
      expect(placeholder({ ...output, region: 'eu-west-1', account: ACCOUNT })).not.toHaveLength(0);
    }
  });
});

needing('terraform', 'moto_server')('infra:plan of an empty account', () => {
  it(
    'plans all five stacks in one command',
    async () => {
      await using aws = await simulatedAws(ACCOUNT);
      Object.assign(process.env, aws.env);
      const { context, lines } = listening();
      const result = await planned(plan({ root, env: ENVIRONMENT }, context), lines);
      if (result === undefined) return;
      const { stacks } = result.data as { stacks: Record<string, { changes: { add: number }; plan: string | null }> };
      expect(Object.keys(stacks).sort()).toEqual(['alb', 'cognito', 'ecr', 'ecs', 'network']);
      for (const { changes, plan: file } of Object.values(stacks)) {
        expect(changes).toMatchObject({ change: 0, replace: 0, destroy: 0 });
        expect(changes.add).toBeGreaterThan(0);
        // There is no bucket for states yet.
        expect(file).toBeNull();
      }
      const folder = join(root, 'cdktf.out', ENVIRONMENT, 'plans', 'ecs');
      expect(await readdir(folder)).toEqual(['assumptions.json', 'plan.json']);
      const assumed = JSON.parse(await readFile(join(folder, 'assumptions.json'), 'utf8')) as { name: string }[];
      expect(assumed.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['state', 'alb.targetGroupArn', 'network.privateSubnetIds', 'var.image_digest']),
      );
    },
    LONGEST_MS,
  );
});

/** The result, or none where this machine reaches neither the provider's registry nor a mirror: named, and in CI a failure. */
async function planned(plan: Promise<TargetResult>, lines: readonly string[]): Promise<TargetResult | undefined> {
  try {
    return await plan;
  } catch (error) {
    const said = lines.join('\n');
    const noProvider = /Failed to query available provider packages|Failed to install provider/.test(said);
    if (!(error instanceof InfraError)) throw error;
    if (!noProvider || process.env['CI']) throw new Error(`${error.message}\n${said}`, { cause: error });
    console.warn('NOT CHECKED: the plan of an empty account: there is neither registry nor mirror for the provider.');
    return undefined;
  }
}
