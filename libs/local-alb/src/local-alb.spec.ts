import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { type AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startLocalAlb } from './local-alb.ts';
import { fetchOnce, openRequest } from './testdata/client.ts';
import {
  authenticateAction,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';
import { until } from './testdata/until.ts';

const open = rule('default', [forwardAction]);

/** A port that nobody listens on for the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a local load balancer', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(() => rig.stop());

  const status = async (path: string): Promise<number> => (await rig.fetch(path)).status;

  it('listens on loopback [G1 D]', () => {
    const port = Number(new URL(rig.origin).port);
    expect(rig.alb.addresses).toEqual([
      { listener: 'aws_lb_listener.https', protocol: 'HTTPS', host: '127.0.0.1', port },
    ]);
  });

  it('takes new rules at once and keeps sessions', async () => {
    await rig.login();
    const before = rig.alb.addresses;
    const denied = { ...authenticateAction, onUnauthenticatedRequest: 'deny' as const };
    await rig.alb.update(
      loadBalancer([
        httpsListener(pathRule(1, '/public', forwardAction), { ...loginRule, actions: [denied, forwardAction] }),
      ]),
    );
    expect(rig.alb.addresses).toEqual(before);
    expect(await status('/')).toBe(200);
    const { origin } = rig;
    expect((await fetchOnce(`${origin}/public`, { ca })).status).toBe(200);
    expect((await fetchOnce(`${origin}/`, { ca })).status).toBe(401);
  });

  it('counts connections, and keeps those of browsers for an hour [A4.26 D, B9.10 D]', async () => {
    const agent = new Agent({ keepAlive: true });
    const { port } = new URL(rig.origin);
    const outgoing = request({
      host: '127.0.0.1',
      port,
      ca,
      agent,
      servername: 'app.localhost',
      headers: { Host: 'a.b' },
    });
    outgoing.end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    incoming.resume();
    await once(incoming, 'end');
    expect(incoming.headers['keep-alive']).toBe('timeout=3600');
    expect(rig.alb.counts).toMatchObject({ NewConnectionCount: 1, ActiveConnectionCount: 1 });
    agent.destroy();
    await until(() => rig.alb.counts['ActiveConnectionCount'] === 0);
  });

  it('opens and closes listeners', async () => {
    const [port, other] = [await freePort(), await freePort()];
    const plain = { ...httpListener(open), port };
    await rig.alb.update(loadBalancer([httpsListener(loginRule), plain]));
    expect(rig.alb.addresses.map((address) => [address.protocol, address.port]).at(-1)).toEqual(['HTTP', port]);
    expect((await fetchOnce(`http://localhost:${port}/`)).status).toBe(200);

    const streaming = await openRequest(`http://localhost:${port}/`);
    streaming.on('error', () => undefined).resume();
    await rig.alb.update(loadBalancer([httpsListener(loginRule), { ...plain, port: other }]));
    await expect(fetchOnce(`http://localhost:${port}/`)).rejects.toThrow('ECONNREFUSED');
    expect((await fetchOnce(`http://localhost:${other}/`)).status).toBe(200);

    await rig.alb.update(loadBalancer([{ ...httpsListener(open), port: other }]));
    expect((await fetchOnce(`https://localhost:${other}/`, { ca })).status).toBe(200);
    expect(rig.alb.addresses).toHaveLength(1);
  });

  it('goes on as before when a new configuration cannot run', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const free = { ...httpListener(open), port: await freePort() };
    const blocked = { ...httpListener(open), port, address: 'aws_lb_listener.blocked' };
    const failure = rig.alb.update(loadBalancer([httpsListener(open), free, blocked]));
    await expect(failure).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await expect(failure).rejects.toThrow(`Port ${port}`);
    await expect(rig.alb.update(loadBalancer([httpListener(loginRule)]))).rejects.toMatchObject({
      code: 'INVALID_LISTENER',
    });
    expect(await status('/')).toBe(302);
    await expect(fetchOnce(`http://localhost:${free.port}/`)).rejects.toThrow('ECONNREFUSED');
    await new Promise((resolve) => taken.close(resolve));
  });

  it('keeps sessions and signing keys over a restart', async () => {
    await rig.login();
    const signer = async (): Promise<string> => {
      const answer = await rig.fetch(`https://app.localhost:${alb.addresses[0]?.port}/`);
      const { headers } = JSON.parse(answer.body) as { headers: Record<string, string> };
      return Buffer.from(headers['x-amzn-oidc-data']?.split('.')[0] ?? '', 'base64url').toString();
    };
    let { alb } = rig;
    const before = await signer();
    await alb.close();
    alb = await startLocalAlb(rig.options);
    const after = await signer();
    expect((JSON.parse(after) as { kid: string }).kid).toBe((JSON.parse(before) as { kid: string }).kid);
    await alb.close();
  });

  it('leaves nothing open when it cannot start', async () => {
    const port = Number(new URL(rig.origin).port);
    const blocked = { ...httpsListener(loginRule), port };
    await expect(startLocalAlb({ ...rig.options, loadBalancer: loadBalancer([blocked]) })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
    });
    await expect(
      startLocalAlb({ ...rig.options, host: '192.0.2.1', loadBalancer: loadBalancer([httpsListener(loginRule)]) }),
    ).rejects.toMatchObject({ code: 'LISTEN_FAILED' });
  });

  it('breaks every connection when it is closed', async () => {
    rig.target.handler = (_request, response) => response.writeHead(200).write('and so on');
    await rig.alb.update(loadBalancer([httpsListener(open)]));
    const incoming = await openRequest(`${rig.origin}/`, { ca });
    const broken = new Promise((resolve) => incoming.on('error', resolve));
    incoming.resume();
    await rig.alb.close();
    await broken;
    await rig.alb.update(loadBalancer([httpsListener(open)]));
    expect(rig.alb.addresses).toEqual([]);
  });
});

describe('the key endpoint', () => {
  it('gives a known key, and 403 to everything else [B5.9 D, B5.10 R]', async () => {
    const rig = await startRig();
    await rig.login();
    const { headers } = JSON.parse((await rig.fetch('/')).body) as { headers: Record<string, string> };
    const { kid } = JSON.parse(
      Buffer.from(headers['x-amzn-oidc-data']?.split('.')[0] ?? '', 'base64url').toString(),
    ) as { kid: string };
    const url = rig.alb.publicKeysUrl;
    expect(url).toMatch(/^https:\/\/localhost:\d+$/);
    const key = await fetchOnce(`${url}/${kid}`, { ca });
    expect(key.status).toBe(200);
    expect(key.body).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+-----END PUBLIC KEY-----\n$/);
    for (const path of [
      '/',
      `/${kid}/`,
      `/${kid}?x`,
      `/${kid.toUpperCase()}`,
      `//${kid}`,
      `/../signing-key.json`,
      '/.well-known/jwks.json',
    ]) {
      const answer = await fetchOnce(`${url}${path}`, { ca });
      expect([answer.status, answer.body]).toEqual([403, 'Forbidden']);
    }
    expect((await fetchOnce(`${url}/${kid}`, { ca, method: 'POST' })).status).toBe(403);
    await rig.stop();
  });
});
