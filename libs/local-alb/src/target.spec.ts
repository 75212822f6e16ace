import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';

import { type ForwardAction, type TargetGroup } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';

import { createAuthority } from './certificate.ts';
import { chooseTargetGroup } from './target.ts';
import { forwardAction, httpsListener, loadBalancer, rule } from './testdata/load-balancer.ts';
import { serverTls, startRig } from './testdata/rig.ts';

const groups = ['a', 'b', 'c'].map((arn): TargetGroup => ({ address: arn, arn, name: arn, port: 1, protocol: 'HTTP' }));
const weighted = (...weights: readonly number[]): ForwardAction => ({
  type: 'forward',
  targetGroups: weights.map((weight, index) => ({ arn: groups[index]?.arn ?? '', weight })),
});

describe('chooseTargetGroup', () => {
  it.each([
    [0, 'a'],
    [0.19, 'a'],
    [0.2, 'c'],
    [0.999, 'c'],
  ])('gives for the chance %d what the weights say [A2.6 D]', (random, expected) => {
    expect(chooseTargetGroup(weighted(1, 0, 4), groups, random)?.arn).toBe(expected);
  });

  it('gives none when no group has a weight [A2.6 D]', () => {
    expect(chooseTargetGroup(weighted(0, 0), groups, 0)).toBeUndefined();
  });
});

describe('a target', () => {
  const open = loadBalancer([httpsListener(rule('default', [forwardAction]))]);

  it('is reached over TLS when its certificate is trusted, and is 502 otherwise', async () => {
    const server = createServer(serverTls, (_request, response) => response.end('over TLS'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const target = { resolveTarget: () => new URL(`https://127.0.0.1:${port}`) };
    const trusting = await startRig(open, target);
    expect(await trusting.fetch('/')).toMatchObject({ status: 200, body: 'over TLS' });
    await trusting.stop();
    const distrusting = await startRig(open, {
      ...target,
      trustedCa: (await createAuthority('other', Date.now())).cert,
    });
    expect((await distrusting.fetch('/')).status).toBe(502);
    await distrusting.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  it('can be replaced, and taken away, while requests come [B8.14 D]', async () => {
    let url: URL | undefined;
    const rig = await startRig(open, { resolveTarget: () => url });
    const status = async (): Promise<number> => (await rig.fetch('/')).status;
    expect(await status()).toBe(503);
    url = rig.target.url;
    expect(await status()).toBe(200);
    url = undefined;
    expect(await status()).toBe(503);
    await rig.stop();
  });
});
