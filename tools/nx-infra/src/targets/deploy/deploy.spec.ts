import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { type Workspace } from '../../testing/workspace.ts';
import { holdLock } from './testing/hold-lock.ts';
import { deployed, DIGEST, house, lower, middle, rig, workspace } from './testing/rig.ts';

const inputOf = async ({ root }: Workspace, stack: string): Promise<unknown> => {
  const state = JSON.parse(
    await readFile(join(root, 'cdktf.out', 'test', 'state', `${stack}.tfstate`), 'utf8').catch(() => '{}'),
  ) as { resources?: { instances: { attributes: { input: { value: unknown } } }[] }[] };
  return state.resources?.at(-1)?.instances[0]?.attributes.input.value;
};
const output = ({ root }: Workspace, ...path: readonly string[]): string => join(root, 'cdktf.out', 'test', ...path);

needing('terraform', 'python3')('infra:deploy', () => {
  it('applies wave by wave, the image before the stack that runs it, and converges', async () => {
    await using place = await workspace(house());
    const first = rig();
    const { data } = await deployed(place, first, { yes: true });
    expect(first.taken).toEqual(['check', 'image', 'steady cluster/app', 'verify']);
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      environment: 'test',
      stacks: { one: 'applied', two: 'applied', middle: 'applied', service: 'applied' },
    });
    expect(await inputOf(place, 'service')).toMatch(new RegExp(`^${DIGEST} [0-9a-f-]{36}$`));
    const done = (stack: string): number =>
      first.lines.findIndex((line) => line.includes(`${stack.padEnd(8)} apply done`));
    const begun = (stack: string): number => first.lines.findIndex((line) => line.endsWith(`${stack.padEnd(8)} apply`));
    expect(done('one')).toBeLessThan(begun('middle'));
    expect(done('two')).toBeLessThan(begun('middle'));
    expect(done('middle')).toBeLessThan(begun('service'));
    expect(first.lines.join('\n')).toContain('  + terraform_data.it\n  + output id');

    const { message } = await deployed(place, rig(), { yes: true, imageDigest: DIGEST });
    expect(message).toContain('Nothing to change: one, two, middle, service.');
  }, 90_000);

  it('asks once a wave, and changes nothing without a yes', async () => {
    await using place = await workspace(house());
    const no = rig(['yes', 'no']);
    await expect(deployed(place, no)).rejects.toMatchObject({
      code: 'DEPLOY_STOPPED',
      message: expect.stringMatching(
        /^NOT_CONFIRMED: [^]*Applied: one, two\. Not applied: middle, service\.\nGo on with: nx run infra:deploy --env=test$/,
      ),
    });
    expect(no.taken.filter((step) => step.startsWith('asked'))).toHaveLength(2);
    expect(await inputOf(place, 'middle')).toBeUndefined();
  }, 60_000);

  it('is not for nobody, who has to say --yes', async () => {
    await using place = await workspace({ one: lower('one') });
    await expect(deployed(place, rig())).rejects.toMatchObject({
      code: 'NOT_CONFIRMED',
      message: expect.stringContaining('--yes'),
    });
    expect(await inputOf(place, 'one')).toBeUndefined();
  }, 60_000);

  it('does nothing where something is missing', async () => {
    await using place = await workspace(house());
    const { context, steps, lines } = rig();
    const check = (): Promise<never> => Promise.reject(new Error('no bucket'));
    await expect(deployed(place, { ...rig(), context, steps: { ...steps, check } }, { yes: true })).rejects.toThrow(
      'no bucket',
    );
    expect(lines).toEqual([]);
  });

  it('says how far it came when a wave fails, and goes on from there', async () => {
    await using place = await workspace({ ...house(), middle: middle('middle', 'exit 7') });
    const failing = rig();
    await expect(deployed(place, failing, { yes: true })).rejects.toMatchObject({
      code: 'DEPLOY_STOPPED',
      message: expect.stringMatching(
        /^TERRAFORM_FAILED: terraform apply: [^]*exit status 7[^]*\nApplied: one, two\. Applied in part: middle\. Not applied: service\.\nGo on with: nx run infra:deploy --env=test --yes$/,
      ),
    });
    expect(failing.taken).toEqual(['check']);
    await place.write(house());
    const { message } = await deployed(place, rig(), { yes: true });
    expect(message).toContain('Applied: middle, service. Nothing to change: one, two.');
    await expect(readdir(output(place, 'applies'))).resolves.toEqual([]);
  }, 90_000);

  it('applies the others of a wave when one fails', async () => {
    await using place = await workspace({ ...house(), one: lower('one', 'exit 7') });
    await expect(deployed(place, rig(), { yes: true })).rejects.toMatchObject({
      message: expect.stringContaining('Applied: two. Applied in part: one. Not applied: middle, service.'),
    });
    expect(await inputOf(place, 'two')).toBe('two');
  }, 60_000);

  it('lets Terraform stop in its own way when it is interrupted, and says so at once', async () => {
    await using place = await workspace({ ...house(), middle: middle('middle', 'sleep 30') });
    const interrupted = rig(undefined, (line, { abort }) => {
      if (line.includes('create terraform_data.it') && line.includes('middle')) setTimeout(() => abort.abort(), 1500);
    });
    await expect(deployed(place, interrupted, { yes: true })).rejects.toMatchObject({
      code: 'DEPLOY_STOPPED',
      message: expect.stringMatching(
        /^INTERRUPTED: [^]*Applied: one, two\. Applied in part: middle\. Not applied: service/,
      ),
    });
    const said = interrupted.lines.findIndex((line) => line.startsWith('Ending on request.'));
    expect(interrupted.lines[said]).toContain('Go on, when it has ended, with: nx run infra:deploy --env=test --yes');
    // The lock of a local state lies beside it.
    expect((await readdir(output(place, 'state'))).filter((name) => name.includes('lock'))).toEqual([]);
    await place.write(house());
    const { message } = await deployed(place, rig(), { yes: true });
    expect(message).toContain('Applied: middle, service. Nothing to change: one, two.');
  }, 90_000);

  it('deploys one stack with those under it, and has then nothing to wait for', async () => {
    await using place = await workspace(house());
    const some = rig();
    const { message } = await deployed(place, some, { yes: true, stack: 'middle' });
    expect(message).toBe('Deployed test. Applied: one, two, middle.');
    expect(some.taken).toEqual(['check']);
  }, 60_000);

  it('says how to release a lock that somebody left, and does not release it', async () => {
    await using place = await workspace({ one: lower('one') });
    await deployed(place, rig(), { yes: true });
    await place.write({ one: lower('changed') });
    await using holder = await holdLock(output(place, 'state', 'one.tfstate'));
    await expect(deployed(place, rig(), { yes: true })).rejects.toMatchObject({
      code: 'DEPLOY_STOPPED',
      message: expect.stringMatching(
        /^STATE_LOCKED: [^]*ann@laptop[^]*terraform -chdir=cdktf\.out\/test\/plan-work\/one force-unlock 11111111-2222-3333-4444-555555555555/,
      ),
    });
    expect(holder.held).toBe(true);
    expect(await inputOf(place, 'one')).toBe('one');
  }, 60_000);

  it('quotes nothing secret of a plan', async () => {
    const secret = lower('x');
    const json = { ...secret.json, resource: { terraform_data: { it: { input: '${sensitive("canary")}' } } } };
    await using place = await workspace({ one: { json } });
    const telling = rig();
    await deployed(place, telling, { yes: true });
    expect(telling.lines.join('\n')).not.toContain('canary');
    expect(await inputOf(place, 'one')).toBe('canary');
  }, 60_000);
});
