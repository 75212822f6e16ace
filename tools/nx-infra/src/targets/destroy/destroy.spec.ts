import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { type TestStack, type Workspace } from '../../testing/workspace.ts';
import { deployed, house, lower, middle, rig, type Rig, workspace } from '../deploy/testing/rig.ts';
import { destroy, type DestroyOptions } from './destroy.ts';

const destroyed = ({ root }: Workspace, { context, steps }: Rig, options: Partial<DestroyOptions> = {}) =>
  destroy({ root, env: 'test', ...options }, context, steps.ask);
async function resources({ root }: Workspace, stack: string): Promise<number> {
  const text = await readFile(join(root, 'cdktf.out', 'test', 'state', `${stack}.tfstate`), 'utf8');
  const { resources: all } = JSON.parse(text) as { resources: readonly { mode: string }[] };
  return all.filter(({ mode }) => mode === 'managed').length;
}
const sure = { yes: true, confirm: 'test' };
const whole = { yes: true } as const;

needing('terraform')('infra:destroy', () => {
  it('destroys from the top down, what the name was typed of, and can be run again', async () => {
    await using place = await workspace(house());
    await deployed(place, rig(), whole);
    const first = rig(['test']);
    const { message } = await destroyed(place, first);
    expect(message).toBe('Destroyed: one, two, middle, service.');
    const at = (text: string): number => first.lines.findIndex((line) => line.includes(text));
    expect(at('service  apply done')).toBeLessThan(at('middle   apply'));
    expect(at('middle   apply done')).toBeLessThan(at('one      apply'));
    for (const stack of Object.keys(house())) expect(await resources(place, stack)).toBe(0);
    expect((await destroyed(place, rig())).message).toBe('There was nothing of: one, two, middle, service.');
    // And what was destroyed can be deployed again.
    await deployed(place, rig(), whole);
    expect(await resources(place, 'service')).toBe(1);
  }, 120_000);

  it.each<[string, readonly string[] | undefined, Partial<DestroyOptions>]>([
    ['another name', ['prod'], {}],
    ['a yes', ['yes'], {}],
    ['nobody', undefined, {}],
    ['--yes alone', undefined, { yes: true }],
    ['--yes with another name', undefined, { yes: true, confirm: 'prod' }],
    ['the name alone', undefined, { confirm: 'test' }],
  ])(
    'destroys nothing for %s',
    async (_case, answers, options) => {
      await using place = await workspace({ one: lower('one') });
      await deployed(place, rig(), whole);
      await expect(destroyed(place, rig(answers), options)).rejects.toMatchObject({ code: 'NOT_CONFIRMED' });
      expect(await resources(place, 'one')).toBe(1);
    },
    60_000,
  );

  it('destroys nothing at all where something is protected, and says how that is lifted', async () => {
    const guarded: TestStack = {
      json: {
        ...lower('one').json,
        resource: { terraform_data: { it: { input: 'one', lifecycle: { prevent_destroy: true } } } },
      },
    };
    await using place = await workspace({ ...house(), one: guarded });
    await deployed(place, rig(), whole);
    await expect(destroyed(place, rig(), sure)).rejects.toMatchObject({
      code: 'PROTECTED',
      message: expect.stringMatching(/one: terraform_data\.it \(prevent_destroy\)[^]*deletionProtection to false/),
    });
    for (const stack of Object.keys(house())) expect(await resources(place, stack)).toBe(1);
    await place.write(house());
    await destroyed(place, rig(), sure);
    expect(await resources(place, 'one')).toBe(0);
  }, 90_000);

  it('takes one stack and what stands on it', async () => {
    await using place = await workspace(house());
    await deployed(place, rig(), whole);
    await destroyed(place, rig(), { ...sure, stack: 'middle' });
    expect(await Promise.all(['one', 'middle', 'service'].map((stack) => resources(place, stack)))).toEqual([1, 0, 0]);
    await expect(destroyed(place, rig(), { stack: 'none' })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  }, 60_000);

  it('says how far it came when it fails', async () => {
    const failing = middle('middle');
    const provisioner = [{ 'local-exec': { when: 'destroy', command: 'exit 7' } }];
    const json = { ...failing.json, resource: { terraform_data: { it: { input: 'x', provisioner } } } };
    await using place = await workspace({ ...house(), middle: { ...failing, json } });
    await deployed(place, rig(), whole);
    await expect(destroyed(place, rig(), sure)).rejects.toMatchObject({
      code: 'DEPLOY_STOPPED',
      message: expect.stringMatching(
        /exit status 7[^]*Destroyed: service\. Destroyed in part: middle\. Not destroyed: one, two\.\nGo on with: nx run infra:destroy --env=test$/,
      ),
    });
    expect(await resources(place, 'one')).toBe(1);
  }, 60_000);
});
