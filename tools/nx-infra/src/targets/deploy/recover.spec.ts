import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { needing } from '../../testing/needing.ts';
import { type Workspace } from '../../testing/workspace.ts';
import { type Entry } from './journal.ts';
import { holdLock } from './testing/hold-lock.ts';
import { deployed, lower, rig, workspace } from './testing/rig.ts';

const file = ({ root }: Workspace, ...path: readonly string[]): string => join(root, 'cdktf.out', 'test', ...path);
async function idOf(place: Workspace): Promise<string | undefined> {
  const state = JSON.parse(await readFile(file(place, 'state', 'one.tfstate'), 'utf8')) as {
    resources: { instances: { attributes: { id: string } }[] }[];
  };
  return state.resources[0]?.instances[0]?.attributes.id;
}
const line = (type: string, id?: string): string =>
  JSON.stringify({
    type,
    hook: {
      resource: { addr: 'terraform_data.it', resource_type: 'terraform_data' },
      action: 'create',
      ...(id === undefined ? {} : { id_key: 'id', id_value: id }),
    },
  });
/** What is left of an apply that was killed together with who watched it, before it saved a state. */
async function killed(place: Workspace, output: string): Promise<void> {
  await rm(file(place, 'state', 'one.tfstate'), { force: true });
  await mkdir(file(place, 'applies', 'one', 'run'), { recursive: true });
  await writeFile(file(place, 'applies', 'one', 'run', 'stdout'), output);
  await writeFile(file(place, 'applies', 'one', 'run', 'exit'), '{"code":null}');
}

needing('terraform', 'python3')('recovering', () => {
  it('imports what was made and not saved, so that nothing is made twice', async () => {
    await using place = await workspace({ one: lower('one') });
    await deployed(place, rig(), { yes: true });
    const made = await idOf(place);
    await killed(place, `${line('apply_start')}\n${line('apply_complete', made)}\n{"type":"apply_st`);
    const again = rig();
    await deployed(place, again, { yes: true });
    expect(again.lines.join('\n')).toContain('one      recover done: to import: terraform_data.it');
    expect(again.lines.join('\n')).toContain('terraform_data.it (imported: it exists already)');
    expect(await idOf(place)).toBe(made);
    expect(existsSync(file(place, 'applies', 'one'))).toBe(false);
    const { message } = await deployed(place, rig(), { yes: true });
    expect(message).toContain('Nothing to change: one.');
  }, 60_000);

  it('remembers what is to be imported until it is', async () => {
    await using place = await workspace({ one: lower('one') });
    await deployed(place, rig(), { yes: true });
    const made = await idOf(place);
    await killed(place, line('apply_complete', made));
    await expect(deployed(place, rig(['no']))).rejects.toMatchObject({ code: 'NOT_CONFIRMED' });
    const journal = JSON.parse(await readFile(file(place, 'applies', 'one', 'journal.json'), 'utf8')) as Entry[];
    expect(journal).toMatchObject([{ address: 'terraform_data.it', state: 'completed', id: made }]);
    await deployed(place, rig(), { yes: true });
    expect(await idOf(place)).toBe(made);
  }, 60_000);

  it('names what was only started, and goes on', async () => {
    await using place = await workspace({ one: lower('one') });
    await killed(place, line('apply_start'));
    const telling = rig();
    await deployed(place, telling, { yes: true });
    expect(telling.lines.join('\n')).toMatch(/Of one, these were being made[^]*terraform_data\.it/);
    expect(existsSync(file(place, 'applies', 'one'))).toBe(false);
  }, 60_000);

  it('leaves to a person what the state takes for another', async () => {
    await using place = await workspace({ one: lower('one') });
    await deployed(place, rig(), { yes: true });
    const state = await readFile(file(place, 'state', 'one.tfstate'), 'utf8');
    await killed(place, line('apply_complete', 'another-id'));
    await writeFile(file(place, 'state', 'one.tfstate'), state);
    await expect(deployed(place, rig(), { yes: true })).rejects.toMatchObject({
      code: 'RECOVERY_NEEDED',
      message: expect.stringContaining("terraform -chdir=cdktf.out/test/plan-work/one state rm 'terraform_data.it'"),
    });
  }, 60_000);

  it('meets a lock that is left, although the killed apply had done everything', async () => {
    await using place = await workspace({ one: lower('one') });
    await deployed(place, rig(), { yes: true });
    const made = await idOf(place);
    const state = await readFile(file(place, 'state', 'one.tfstate'), 'utf8');
    await killed(place, line('apply_complete', made));
    await writeFile(file(place, 'state', 'one.tfstate'), state);
    {
      await using holder = await holdLock(file(place, 'state', 'one.tfstate'));
      const meeting = () =>
        expect(deployed(place, rig(), { yes: true })).rejects.toMatchObject({
          code: 'STATE_LOCKED',
          message: expect.stringContaining('terraform -chdir=cdktf.out/test/plan-work/one force-unlock 11111111'),
        });
      await meeting();
      await meeting();
      // Where several stacks are locked, each step says what to do.
      const telling = rig();
      await expect(deployed(place, telling, { yes: true })).rejects.toThrow();
      expect(telling.lines.join('\n')).toMatch(/plan failed: [^]*-chdir=cdktf\.out\/test\/plan-work\/one force-unlock/);
      expect(holder.held).toBe(true);
    }
    const { message } = await deployed(place, rig(), { yes: true });
    expect(message).toContain('Nothing to change: one.');
    expect(existsSync(file(place, 'applies', 'one'))).toBe(false);
  }, 60_000);

  it('goes past neither a state that was not saved nor an apply that runs', async () => {
    await using place = await workspace({ one: lower('one') });
    await deployed(place, rig(), { yes: true });
    await writeFile(file(place, 'plan-work', 'one', 'errored.tfstate'), '{}');
    await expect(deployed(place, rig(), { yes: true })).rejects.toMatchObject({
      code: 'RECOVERY_NEEDED',
      message: expect.stringContaining('terraform -chdir=cdktf.out/test/plan-work/one state push errored.tfstate'),
    });
    await killed(place, line('apply_start'));
    await rm(file(place, 'applies', 'one', 'run', 'exit'));
    await writeFile(file(place, 'applies', 'one', 'run', 'pid'), String(process.pid));
    await expect(deployed(place, rig(), { yes: true })).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
    });
  }, 60_000);
});
