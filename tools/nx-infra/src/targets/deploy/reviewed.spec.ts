import { appendFile, copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { committed, git } from '../../testing/committed.ts';
import { needing } from '../../testing/needing.ts';
import { listening, type Workspace } from '../../testing/workspace.ts';
import { review } from '../review/review.ts';
import { type ReviewManifest } from '../review/review-manifest.ts';
import { deployed, DIGEST, house, lower, rig } from './testing/rig.ts';

const OTHER = `sha256:${'b'.repeat(64)}`;
const PLANS = 'cdktf.out/test/review';

const reviewed = (place: Workspace, more: object = {}): ReturnType<typeof review> =>
  review({ root: place.root, env: 'test', ...more }, listening().context);
const kept = ({ root }: Workspace, ...path: readonly string[]): string => join(root, PLANS, ...path);
const applied = ({ root }: Workspace): Promise<readonly string[]> =>
  readdir(join(root, 'cdktf.out', 'test', 'state')).catch(() => []);

needing('terraform', 'git')('infra:deploy --plans', () => {
  it('applies what was reviewed, asks nobody, and says what has to be reviewed now', async () => {
    await using place = await committed(house());
    const { message } = await reviewed(place, { imageDigest: DIGEST });
    expect(message).toMatch(/Can be applied: one, two, [^]*Rest on assumptions, [^]*: middle, service\./);
    for (const path of [['one', 'plan.tfplan'], ['one', 'plan.json'], ['manifest.json']]) {
      expect((await stat(kept(place, ...path))).mode & 0o077).toBe(0);
    }
    const some = rig();
    await expect(deployed(place, some, { plans: PLANS })).rejects.toMatchObject({
      code: 'REVIEW_NEEDED',
      message: expect.stringMatching(
        /^Applied: one, two\. Not applied: middle, service\. [^]*nx run infra:review --env=test/,
      ),
    });
    expect(some.taken).toEqual(['check']);
    await reviewed(place, { imageDigest: DIGEST });
    const { message: left } = await deployed(place, rig(), { plans: PLANS, partly: true });
    expect(left).toMatch(/^Applied: middle\. [^]*The plans of service rested on assumptions/);
    await reviewed(place, { imageDigest: DIGEST });
    const last = rig();
    await deployed(place, last, { plans: PLANS });
    expect(last.taken).toEqual(['check', 'steady cluster/app', 'verify']);
  }, 120_000);

  const tampering: readonly (readonly [string, RegExp, (place: Workspace) => Promise<unknown>])[] = [
    [
      'a plan that was changed',
      /plan of one was changed/,
      (place) => appendFile(kept(place, 'one', 'plan.tfplan'), 'x'),
    ],
    [
      'the plan of another stack',
      /plan of one was changed/,
      (place) => copyFile(kept(place, 'two', 'plan.tfplan'), kept(place, 'one', 'plan.tfplan')),
    ],
    ['a plan that is gone', /plan of one is not there/, (place) => rm(kept(place, 'one', 'plan.tfplan'))],
    ['a manifest that is none', /not the manifest/, (place) => writeFile(kept(place, 'manifest.json'), '{}')],
    ['no manifest', /not the manifest/, (place) => rm(kept(place, 'manifest.json'))],
    [
      'another environment',
      /environment prod, not of test/,
      (place) => edit(place, (m) => ({ ...m, environment: 'prod' })),
    ],
    [
      'a stack without a review',
      /there is none of two/,
      (place) => edit(place, ({ stacks, ...m }) => ({ ...m, stacks: { one: stacks['one'] as never } })),
    ],
    [
      'another lineage',
      /state of one has moved on/,
      (place) =>
        edit(place, ({ stacks, ...m }) => ({
          ...m,
          stacks: { ...stacks, one: { ...stacks['one']!, state: { lineage: 'x', serial: 1 } } },
        })),
    ],
    [
      'another commit',
      /they are of commit/,
      async (place) => {
        await writeFile(join(place.root, 'another'), 'file');
        git(place, 'add', 'another');
        git(place, 'commit', '-qm', 'Next');
      },
    ],
    [
      'sources that were changed',
      /not what was reviewed: stacks\/ was changed/,
      (place) => place.write({ one: lower('new'), two: lower('two') }),
    ],
    [
      'another lock file',
      /terraform\.lock\.hcl is another/,
      async ({ root }) => {
        await mkdir(join(root, 'stacks'), { recursive: true });
        await writeFile(join(root, 'stacks', '.terraform.lock.hcl'), '# another\n');
      },
    ],
  ];
  it.each(tampering)(
    'refuses %s, and applies nothing',
    async (_case, why, change) => {
      await using place = await committed({ one: lower('one'), two: lower('two') });
      await reviewed(place);
      await change(place);
      await expect(deployed(place, rig(), { plans: PLANS })).rejects.toMatchObject({
        code: 'PLANS_REFUSED',
        message: expect.stringMatching(why),
      });
      expect(await applied(place)).toEqual([]);
    },
    60_000,
  );

  it('applies it at another commit of the same files, as a merge makes one', async () => {
    await using place = await committed({ one: lower('one') });
    await reviewed(place);
    git(place, 'commit', '-qm', 'Merge it', '--allow-empty');
    await deployed(place, rig(), { plans: PLANS });
    expect(await applied(place)).toEqual(['one.tfstate']);
  }, 60_000);

  it('refuses a state that has moved on, and another image', async () => {
    await using place = await committed({ one: lower('one') });
    await deployed(place, rig(), { yes: true });
    await place.write({ one: lower('two') });
    git(place, 'commit', '-qam', 'Next');
    await reviewed(place, { imageDigest: DIGEST });
    await expect(deployed(place, rig(), { plans: PLANS, imageDigest: OTHER })).rejects.toMatchObject({
      code: 'PLANS_REFUSED',
      message: expect.stringContaining(OTHER),
    });
    await deployed(place, rig(), { plans: PLANS });
    await expect(deployed(place, rig(), { plans: PLANS })).rejects.toMatchObject({
      code: 'PLANS_REFUSED',
      message: expect.stringMatching(/state of one has moved on: it was serial \d+, and is serial \d+/),
    });
  }, 60_000);
});

async function edit(place: Workspace, change: (manifest: ReviewManifest) => ReviewManifest): Promise<void> {
  const manifest = JSON.parse(await readFile(kept(place, 'manifest.json'), 'utf8')) as ReviewManifest;
  await writeFile(kept(place, 'manifest.json'), JSON.stringify(change(manifest)));
}
