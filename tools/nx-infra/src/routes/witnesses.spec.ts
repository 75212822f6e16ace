import { join } from 'node:path';

import {
  type Answer,
  compare,
  exposure,
  type ListenerRequest,
  type LoadBalancer,
  readLoadBalancers,
} from '@gatehouse/listener';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { synthesize } from '../synth/synthesize.ts';
import { localise } from '../terraform/localise.ts';
import { APPLICATION, ask, type Street, street } from '../testing/stranger.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

let place: Street;
beforeAll(async () => {
  place = await street();
});
afterAll(() => place.close());

/** The load balancer of an environment, on ports that are free. */
async function loadBalancerOf(environment: string): Promise<LoadBalancer> {
  const { stacks } = await synthesize({ root, environment });
  const [found] = readLoadBalancers(localise(stacks).get('alb') ?? {});
  if (found === undefined) throw new Error(`${environment} has no load balancer`);
  return { ...found, listeners: found.listeners.map((listener) => ({ ...listener, port: 0 })) };
}

async function answered(port: number, request: ListenerRequest): Promise<string> {
  const { status, location, body } = await ask('HTTPS', port, request);
  return location === undefined
    ? `${status} ${body}`
    : `${location.origin} as ${location.searchParams.get('client_id')}`;
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
    const alb = await place.started(loadBalancer);
    try {
      const port = alb.addresses.find(({ protocol }) => protocol === 'HTTPS')?.port ?? 0;
      for (const { answer, witness, reach } of said) {
        if (reach !== 'ordinary') continue;
        expect([witness, await answered(port, witness)]).toEqual([witness, expect.stringMatching(pattern(answer))]);
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
  return outcome.kind === 'forward' ? new RegExp(`^200 ${APPLICATION}$`) : /^never$/;
}
