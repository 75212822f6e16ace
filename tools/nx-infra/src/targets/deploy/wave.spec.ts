import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type OpenTerraform } from '../../runner/open.ts';
import { Folders } from '../folder.ts';
import { readPlan } from './plan-json.ts';
import { Tally } from './tally.ts';
import { rig } from './testing/rig.ts';
import { applyWave, type Deploying, type WavePlan } from './wave.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-wave-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const plan = (stack: string, type: string, actions: readonly string[]): WavePlan => ({
  stack,
  work: root,
  planFile: join(root, 'plan.tfplan'),
  json: readPlan({ applyable: true, resource_changes: [{ address: `${type}.it`, type, change: { actions } }] }),
});

/** Terraform that applies whatever it is told, and says so. */
function deploying(more: Partial<Deploying>, answers?: readonly string[]) {
  const { context, steps, taken } = rig(answers);
  const applied: string[] = [];
  const open = {
    keep: (args: readonly string[]) => {
      applied.push(args.join(' '));
      return Promise.resolve({ code: 0, stderr: '' });
    },
  } as unknown as OpenTerraform;
  const tally = new Tally(['cognito', 'network']);
  const folders = new Folders(root, 'test');
  const all: Deploying = { root, ...context, open, folders, steps, tally, yes: true, allowReplace: [], ...more };
  return { all, applied, taken, tally };
}
const replacing = () => [
  plan('network', 'aws_route', ['create']),
  plan('cognito', 'aws_cognito_user_pool', ['delete', 'create']),
];

describe('applyWave', () => {
  it.each([
    ['with --yes', { yes: true }, undefined],
    ['with a yes', { yes: false }, ['yes']],
    ['with another address allowed', { allowReplace: ['aws_cognito_user_pool.other'] }, undefined],
  ])('applies nothing of a wave that loses users, %s', async (_case, more, answers) => {
    const { all, applied, taken } = deploying(more, answers);
    await expect(applyWave(replacing(), all)).rejects.toMatchObject({ code: 'REPLACE_REFUSED' });
    expect([applied, taken]).toEqual([[], []]);
  });

  it('applies it where that was allowed by address', async () => {
    const { all, applied, tally } = deploying({ allowReplace: ['aws_cognito_user_pool.it'] });
    await applyWave(replacing(), all);
    expect(applied).toHaveLength(2);
    expect(tally.inWords()).toBe('Applied: cognito, network.');
  });

  it('asks nobody about nothing', async () => {
    const { all, applied, tally } = deploying({ yes: false });
    await applyWave([{ ...plan('network', 'aws_route', ['no-op']), json: readPlan({ applyable: false }) }], all);
    expect(applied).toEqual([]);
    expect(tally.inWords()).toBe('Nothing to change: network. Not applied: cognito.');
  });

  it('says of each stack when it is as it should be, and of none that failed', async () => {
    const told: string[] = [];
    const rigged = deploying({});
    const steps = { ...rigged.all.steps, applied: (stack: string) => void told.push(stack) };
    const unchanged = { ...plan('cognito', 'aws_route', ['no-op']), json: readPlan({ applyable: false }) };
    await applyWave([unchanged, plan('network', 'aws_route', ['create'])], { ...rigged.all, steps });
    expect(told).toEqual(['cognito', 'network']);
    const keep = () => Promise.resolve({ code: 1, stderr: 'no' });
    const failing = { keep, shown: (text: string) => text } as unknown as OpenTerraform;
    const failed = applyWave([plan('network', 'aws_route', ['create'])], { ...rigged.all, steps, open: failing });
    await expect(failed).rejects.toMatchObject({ code: 'TERRAFORM_FAILED' });
    expect(told).toHaveLength(2);
  });

  it('begins nothing after the signal', async () => {
    const { all, applied } = deploying({ signal: AbortSignal.abort() });
    await expect(applyWave([plan('network', 'aws_route', ['create'])], all)).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    expect(applied).toEqual([]);
  });
});
