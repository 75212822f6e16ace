import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assumptionsOf, createPlans, World } from '../testdata/world.ts';
import { readOptions } from './options.ts';
import { run } from './run.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-review-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function kept(name: string, ...files: readonly (readonly [name: string, content: unknown])[]): Promise<string> {
  await mkdir(join(folder, name), { recursive: true });
  for (const [file, content] of files) await writeFile(join(folder, name, file), JSON.stringify(content));
  return join(folder, name, 'plan.json');
}

async function ran(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    today: () => '2026-11-22',
  });
  return { code, out, err };
}

describe('gatehouse-review', () => {
  it('prints the review, and ends with the verdict', async () => {
    const world = new World();
    const plan = await kept('ecr', ['plan.json', world.plans.ecr]);
    expect(await ran(plan)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('No changes in `ecr`.') });
    const destroying = await kept('ecr2', ['plan.json', world.destroy('ecr', 'aws_ecr_repository.app').plans.ecr]);
    expect(await ran(destroying)).toMatchObject({
      code: 20,
      out: expect.stringContaining('ecr2/aws_ecr_repository.app'),
    });
  });

  it('reads what is beside a plan, and writes three files', async () => {
    const plan = await kept(
      'alb',
      ['plan.json', createPlans().alb],
      ['assumptions.json', assumptionsOf('alb')],
      [
        'cdk.tf.json',
        { resource: { aws_lb_listener_rule: { public_1: { '//': { metadata: { path: 'alb/public-1' } } } } } },
      ],
    );
    const out = join(folder, 'out');
    expect(await ran(`--out=${out}`, `front=${plan}`)).toMatchObject({
      code: 10,
      out: expect.stringMatching(/^\*\*Look\.\*\* .*\n$/),
    });
    const [short, whole, json] = await Promise.all(
      ['review.md', 'review.full.md', 'review.json'].map((file) => readFile(join(out, file), 'utf8')),
    );
    expect(short).toBe(whole);
    expect(short).toContain('construct `alb/public-1`');
    expect(JSON.parse(json ?? '')).toMatchObject({
      verdict: 'look',
      stacks: [
        {
          stack: 'front',
          assumptions: expect.arrayContaining([{ name: 'network.vpcId', because: 'unknown-until-applied' }]),
        },
      ],
    });
  });

  it('takes waivers', async () => {
    const plan = await kept('waived', ['plan.json', new World().destroy('ecr', 'aws_ecr_repository.app').plans.ecr]);
    const waivers = join(folder, 'waivers.json');
    await writeFile(
      waivers,
      JSON.stringify({
        waivers: [
          { address: 'aws_ecr_repository.app', action: 'destroy', reason: 'Moved away', expires: '2026-12-01' },
        ],
      }),
    );
    expect(await ran(`--waivers=${waivers}`, plan)).toMatchObject({
      code: 10,
      out: expect.stringContaining('Waived until 2026-12-01: Moved away.'),
    });
  });

  it('reviews nothing of what it cannot read as a whole', async () => {
    const good = await kept('good', ['plan.json', createPlans().ecr]);
    const bad = await kept('bad', ['plan.json', { format_version: '2.0' }]);
    expect(await ran(good, bad)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^FORMAT_TOO_NEW: .*bad/),
    });
    expect(await ran()).toMatchObject({ code: 2, err: expect.stringMatching(/^NO_PLANS/) });
  });

  it('says how it is used', async () => {
    expect(await ran('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/^Usage: gatehouse-review/) });
  });
});

describe('readOptions', () => {
  it.each([
    ['alb=x/plan.json', 'alb'],
    ['plans/alb/plan.json', 'alb'],
    ['plans/alb/tfplan.json', 'alb'],
    ['alb.json', 'alb'],
    ['plans/alb.tfplan.json', 'alb'],
    ['plan.json', 'plan'],
    ['../plan.json', 'plan'],
    ['a=b/c=d.json', 'a'],
  ])('calls the stack of %s %s', (argument, stack) => {
    expect(readOptions([argument]).plans[0]?.stack).toBe(stack);
  });
});
