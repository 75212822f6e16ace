import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { Visitor } from './attacks/visitor.ts';
import { Load, type Outcome } from './rolling/load.ts';
import { Service } from './rolling/service.ts';
import { startNx, stopAll } from './served.ts';
import { demoUser } from './users.ts';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

let copy: WorkspaceCopy;
let folder: string;
let bundle: string;
let service: Service | undefined;

beforeAll(async () => {
  copy = await copyWorkspace();
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-rolling-'));
  const built = startNx(copy, ['build', 'auth']);
  if ((await built.exit) !== 0) throw new Error(built.output());
  // As in the image: nothing beside it.
  bundle = join(folder, 'main.mjs');
  await cp(join(copy.root, 'apps', 'auth', 'dist', 'main.js'), bundle);
});
afterEach(() => service?.stop());
afterAll(async () => {
  await stopAll();
  await Promise.all([copy.remove(), rm(folder, { recursive: true, force: true })]);
});

interface Rolled extends Outcome {
  readonly exitCodes: readonly (number | null)[];
}

/** Replaces both instances while somebody who is signed in asks, and goes on asking. */
async function rollUnderLoad(variables: Readonly<Record<string, string>>, atLeast: number): Promise<Rolled> {
  service = await Service.start(copy, bundle, { REQUESTS_PER_MINUTE: '1000000', ...variables });
  const address = `https://app.localhost:${copy.httpsPort}/api/me`;
  const visitor = new Visitor();
  await visitor.signIn(address, await demoUser('bob'));
  const load = new Load(new URL(address), visitor.cookieHeader(address));
  const exitCodes = await service.roll();
  return { exitCodes, ...(await load.stop({ atLeast })) };
}

describe('a deployment under load', () => {
  it('costs nobody a request: of 10,000 all are answered 200 while both instances are replaced', async () => {
    const { requests, failures, exitCodes } = await rollUnderLoad({ DRAIN_SECONDS: '3' }, 10_000);
    expect(failures).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(10_000);
    expect(exitCodes).toEqual([0, 0]);
  }, 180_000);

  it('does cost some where the application does not drain, so that the above means something', async () => {
    const { failures } = await rollUnderLoad({ DRAIN_SECONDS: '0' }, 0);
    expect(failures).toContain('502');
  }, 180_000);
});
