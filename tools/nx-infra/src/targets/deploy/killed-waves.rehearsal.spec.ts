import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { listening } from '../../testing/workspace.ts';
import { plan } from '../plan/plan.ts';
import { requireNoChanges } from '../rehearse/expected.ts';
import { INVENTORY } from './testing/inventory.ts';
import { type Kill } from './testing/kill.ts';
import { inProdAccount, type Outcome, type ProdAccount } from './testing/prod-account.ts';
import { survive } from './testing/survive.ts';

const WAVES = [['network', 'cognito', 'delivery', 'ecr'], ['alb'], ['ecs']] as const;
const POINTS = ['first', 'middle', 'last'] as const;
const LONGEST_MS = 3_000_000;

/** One kill a wave by default; every point, twice over, where it is asked for. */
const everyPoint = process.env['GATEHOUSE_KILLS'] === 'all';
const at = (what: Kill['what'], points: readonly Kill['point'][]): readonly Kill[] =>
  WAVES.flatMap((stacks) => points.map((point) => ({ stacks, point, what })));
const PASSES: readonly (readonly [string, readonly Kill[]])[] = everyPoint
  ? [
      ['Terraform, at three points of each wave', at('terraform', POINTS)],
      ['everything, at three points of each wave', at('everything', POINTS)],
    ]
  : [
      [
        'Terraform or everything, in the middle of each wave',
        [
          { stacks: WAVES[0], point: 'middle', what: 'terraform' },
          { stacks: WAVES[1], point: 'middle', what: 'everything' },
          { stacks: WAVES[2], point: 'middle', what: 'terraform' },
        ],
      ],
    ];

/**
 * Whose existence is that of another thing, or of an argument: a second one cannot be there. Everything else is listed
 * past Terraform.
 */
const PART_OF_ANOTHER = [
  'aws_acm_certificate_validation',
  'aws_appautoscaling_policy',
  'aws_appautoscaling_target',
  'aws_default_security_group',
  'aws_ecr_lifecycle_policy',
  'aws_route',
  'aws_route_table_association',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_sns_topic_policy',
  'aws_wafv2_web_acl_association',
];

const CLEAN = { orphans: [], missing: [], unsound: [], locks: [], journals: [] } as const;

async function requireWhole(account: ProdAccount): Promise<Outcome> {
  const outcome = await account.outcome();
  const described = [...account.stacks.values()].flatMap(({ terraform }) =>
    Object.entries(terraform.resource).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`)),
  );
  expect(outcome).toMatchObject({ ...CLEAN, addresses: described.sort() });
  requireNoChanges(
    await plan({ root: account.root, env: account.env, imageDigest: await account.image() }, listening().context),
  );
  return outcome;
}

needing('terraform', 'python3')('prod, deployed again after a kill', () => {
  it.each(PASSES)(
    'is as it would be without, and nothing is lost: %s',
    async (_what, kills) => {
      let survived: Outcome | undefined;
      await inProdAccount(async (account) => {
        const { commands, runs, late } = await survive(account.root, account.env, kills, (line) => console.info(line));
        // Who keeps Terraform ends its provider too.
        expect(runs.flatMap(({ leftBehind }) => leftBehind)).toEqual([]);
        // Its last things are made at once by the simulated AWS; of all other waves each kill has to happen.
        expect(late.flatMap(({ stacks }) => stacks).filter((stack) => stack !== 'ecs')).toEqual([]);
        expect(commands.length).toBeGreaterThanOrEqual(WAVES.length);
        survived = await requireWhole(account);
        expect(survived.types.length).toBeGreaterThan(60);
      });
      if (!everyPoint) return;
      await inProdAccount(async (account) => {
        await survive(account.root, account.env, [], () => undefined);
        expect(survived).toEqual(await requireWhole(account));
      });
    },
    LONGEST_MS,
  );

  it('is looked at whole: every type is listed past Terraform, or part of another', async () => {
    await inProdAccount(({ stacks }) => {
      const types = [...stacks.values()].flatMap(({ terraform }) => Object.keys(terraform.resource));
      expect(types.filter((type) => !(type in INVENTORY) && !PART_OF_ANOTHER.includes(type))).toEqual([]);
      return Promise.resolve();
    });
  }, 120_000);
});
