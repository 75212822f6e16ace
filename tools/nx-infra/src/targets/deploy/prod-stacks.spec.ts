import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { synthesize } from '../../synth/synthesize.ts';
import { protectedBySources } from '../destroy/protections.ts';
import { iamAccount } from './iam-account.ts';
import { importId, isNamed } from './import-id.ts';
import { STATEFUL } from './stateful.ts';
import { wavesOf } from './waves.ts';
import { type SynthesizedStacks } from '../../synth/manifest.ts';

const STACKS = join(import.meta.dirname, '..', '..', '..', '..', '..', 'stacks');

let root: string;
let stacks: SynthesizedStacks;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-prod-'));
  await symlink(STACKS, join(root, 'stacks'));
  ({ stacks } = await synthesize({ root, environment: 'prod' }));
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const resources = () =>
  [...stacks.values()].flatMap((stack) =>
    Object.entries(stack.terraform.resource).flatMap(([type, all]) =>
      Object.entries(all).map(([name, body]) => ({ stack, type, address: `${type}.${name}`, body })),
    ),
  );

describe('the stacks of prod', () => {
  it('are applied in three waves', () => {
    expect(wavesOf(stacks).map((wave) => wave.map(({ name }) => name))).toEqual([
      ['network', 'cognito', 'delivery', 'ecr'],
      ['alb'],
      ['ecs'],
    ]);
  });

  it('protect nothing that a deployment would take for easily made again', () => {
    const guarded = resources().flatMap(({ stack, address }) => protectedBySources(stack, [address]));
    expect(guarded.length).toBeGreaterThanOrEqual(5);
    const types = new Set(guarded.map(({ address }) => address.split('.')[0] ?? ''));
    expect([...types].filter((type) => !(type in STATEFUL))).toEqual([]);
  });

  it('have the arguments from which the names of imports are made', () => {
    const named = resources().filter(({ type }) => isNamed(type));
    expect(named.length).toBeGreaterThan(20);
    const nameless = named.filter(
      ({ stack, type, body }) => importId(type, { id: undefined, body, account: iamAccount(stack) }) === undefined,
    );
    expect(nameless.map(({ address }) => address)).toEqual([]);
  });
});
