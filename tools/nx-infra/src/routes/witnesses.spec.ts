import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import {
  type Answer,
  compare,
  exposure,
  type ListenerRequest,
  type LoadBalancer,
  readLoadBalancers,
} from '@gatehouse/listener';
import { ensureLocalAuthority, type LocalAlb, startLocalAlb } from '@gatehouse/local-alb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { synthesize } from '../synth/synthesize.ts';
import { localise } from '../terraform/localise.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const target = createServer((_request, response) => response.end('the application'));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'witnesses-'));
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => target.close(resolve));
  await rm(folder, { recursive: true });
});

/** The load balancer of an environment, on ports that are free. */
async function loadBalancerOf(environment: string): Promise<LoadBalancer> {
  const { stacks } = await synthesize({ root, environment });
  const [found] = readLoadBalancers(localise(stacks).get('alb') ?? {});
  if (found === undefined) throw new Error(`${environment} has no load balancer`);
  return { ...found, listeners: found.listeners.map((listener) => ({ ...listener, port: 0 })) };
}

async function started(loadBalancer: LoadBalancer): Promise<LocalAlb> {
  const { key, cert, ca } = await ensureLocalAuthority(join(folder, 'certificate'), ['localhost']);
  const { port } = target.address() as AddressInfo;
  return startLocalAlb({
    loadBalancer,
    stateFolder: join(folder, 'state'),
    tls: { key, cert },
    trustedCa: ca,
    resolveTarget: () => new URL(`http://127.0.0.1:${port}`),
    resolveUserPool: ({ userPoolDomain }) => ({
      issuer: 'https://issuer.example.com',
      authorizationEndpoint: `https://${userPoolDomain}.example.com/oauth2/authorize`,
      tokenEndpoint: 'https://issuer.example.com/token',
      userInfoEndpoint: 'https://issuer.example.com/userinfo',
      clientSecret: 'unused',
    }),
  });
}

function ask(port: number, { method, host, path, query, headers }: ListenerRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port,
        method,
        path: query === '' ? path : `${path}?${query}`,
        headers: { ...Object.fromEntries(headers), Host: host },
        agent: false,
        rejectUnauthorized: false,
      },
      (response) => {
        const { statusCode, headers: given } = response;
        const location = given.location === undefined ? undefined : new URL(given.location);
        const client = location?.searchParams.get('client_id');
        text(response).then(
          (body) => resolve(location === undefined ? `${statusCode} ${body}` : `${location.origin} as ${client}`),
          reject,
        );
      },
    )
      .once('error', reject)
      .end();
  });
}

describe.each(['local', 'dev', 'prod'])('the load balancer of %s', (environment) => {
  it('does, running, what exposure and a comparison without its rules say', async () => {
    const loadBalancer = await loadBalancerOf(environment);
    const listener = loadBalancer.listeners.find(({ protocol }) => protocol === 'HTTPS');
    if (listener === undefined) throw new Error('It has an HTTPS listener');
    const { regions, undecided, shadowed } = exposure(listener);
    expect([undecided, shadowed]).toEqual([[], []]);
    // What differs without a rule is just what the rule is for.
    const changes = listener.rules
      .filter(({ priority }) => priority !== 'default')
      .flatMap(
        (gone) => compare({ ...listener, rules: listener.rules.filter((rule) => rule !== gone) }, listener).changes,
      );
    expect(changes.length).toBeGreaterThan(0);
    const said = [...regions, ...changes.map(({ after, witness, reach }) => ({ ...after, witness, reach }))];
    const alb = await started(loadBalancer);
    try {
      const port = alb.addresses.find(({ protocol }) => protocol === 'HTTPS')?.port ?? 0;
      for (const { answer, witness, reach } of said) {
        if (reach !== 'ordinary') continue;
        const answered = await ask(port, witness);
        expect([witness, answered]).toEqual([witness, expect.stringMatching(pattern(answer))]);
      }
    } finally {
      await alb.close();
    }
  }, 60_000);
});

function pattern({ login, outcome }: Answer): RegExp {
  if (login.kind === 'required' && login.provider.kind === 'cognito') {
    const { userPoolDomain, userPoolClientId } = login.provider;
    return login.otherwise === 'deny'
      ? /^401 /
      : new RegExp(`^https://${userPoolDomain}\\.example\\.com as ${userPoolClientId}$`);
  }
  return outcome.kind === 'forward' ? /^200 the application$/ : /^never$/;
}
