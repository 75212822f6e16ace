import { type Answer, compare, exposure, type Listener, type ListenerRequest, match } from '@gatehouse/listener';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fetchOnce } from './testdata/client.ts';
import { type FakeTarget, startFakeTarget } from './testdata/fake-target.ts';
import { quotaLoadBalancer, randomLoadBalancer, targetGroupArns } from './testdata/random-load-balancer.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';

let rig: Rig;
let targets: ReadonlyMap<string, FakeTarget>;
/** How many witnesses were sent, by what became of them. */
const replayed = new Map<string, number>();

beforeAll(async () => {
  targets = new Map(
    await Promise.all(
      targetGroupArns.map(async (arn) => {
        const target = await startFakeTarget();
        target.handler = (_request, response) => void response.end(arn);
        return [arn, target] as const;
      }),
    ),
  );
  rig = await startRig(quotaLoadBalancer, {
    resolveTarget: ({ arn }) => targets.get(arn)?.url,
    resolveClientSecret: () => 'unused',
    resolveUserPool: ({ userPoolDomain }) => ({
      ...rig.pool.endpoints,
      authorizationEndpoint: `https://${userPoolDomain}.example.com/oauth2/authorize`,
    }),
  });
});
afterAll(async () => {
  await rig.stop();
  await Promise.all([...targets.values()].map((target) => target.close()));
});

/** What a client without a session, and without a token, is answered where the load balancer does as was said. */
function expected({ login, outcome }: Answer): string {
  if (outcome.kind === 'login-callback') return '401';
  // Also a witness that brings something as a token: it is none of that issuer's.
  if (login.kind === 'bearer' && login.checkedBy === 'load-balancer') return '401';
  if (login.kind === 'required') {
    if (login.otherwise === 'deny') return '401';
    const { provider } = login;
    if (provider.kind === 'oidc') return `302 ${provider.authorizationEndpoint} as ${provider.clientId}`;
    return `302 https://${provider.userPoolDomain}.example.com/oauth2/authorize as ${provider.userPoolClientId}`;
  }
  switch (outcome.kind) {
    case 'forward':
      return `200 ${outcome.targetGroups.map(({ arn }) => arn).join()}`;
    case 'redirect':
      return `${outcome.statusCode} ${outcome.protocol.toLowerCase()}://${outcome.host}${outcome.path}`;
    case 'fixed-response':
      return `${outcome.statusCode} ${outcome.messageBody}`;
    default:
      return outcome.kind;
  }
}

/** What the running load balancer answers. */
async function answered({ method, host, path, query, headers }: ListenerRequest): Promise<string> {
  const asked = headers.map(([name, value]) => [name, value] as const);
  const names = new Set(asked.map(([name]) => name));
  const fields = Object.fromEntries(
    [...names].map((name) => [name, asked.filter(([other]) => other === name).map(([, value]) => value)]),
  );
  const target = query === '' ? path : `${path}?${query}`;
  const {
    status,
    body,
    headers: given,
  } = await fetchOnce(`${rig.origin}${target}`, { ca, method, headers: { ...fields, Host: host } });
  if (given.location === undefined) return status === 401 ? '401' : `${status} ${body}`;
  const { origin, pathname, searchParams } = new URL(given.location);
  const client = searchParams.get('client_id');
  return `${status} ${origin}${pathname}${client === null ? '' : ` as ${client}`}`;
}

/** Asks the running load balancer, which has this listener now, what it was said to answer. */
async function replay(listener: Listener, answer: Answer, witness: ListenerRequest): Promise<void> {
  expect(match(listener, witness).answer).toEqual(answer);
  // A client cannot choose where it comes from: only requests of this machine can be sent.
  const sent = { ...witness, sourceIp: '127.0.0.1' };
  const said = match(listener, sent).answer;
  // The answer to a HEAD has no body, which is what targets are told apart by.
  if (witness.method === 'HEAD') return;
  expect([sent, await answered(sent)]).toEqual([sent, expected(said)]);
  const kind =
    said.login.kind === 'bearer'
      ? 'bearer token'
      : said.login.kind === 'required'
        ? `login, or ${said.login.otherwise}`
        : said.outcome.kind;
  replayed.set(kind, (replayed.get(kind) ?? 0) + 1);
}

describe('a running load balancer', () => {
  it('does with every ordinary witness of random listeners what exposure and compare say, before and after', async () => {
    await fc.assert(
      fc.asyncProperty(randomLoadBalancer(5), randomLoadBalancer(5), async (before, after) => {
        const [was, is] = [before.listeners[0], after.listeners[0]];
        if (was === undefined || is === undefined) throw new Error('Each has a listener');
        const changes = compare(was, is).changes.filter(({ reach }) => reach === 'ordinary');
        for (const [balancer, listener, side] of [
          [before, was, 'before'],
          [after, is, 'after'],
        ] as const) {
          await rig.alb.update(balancer);
          const regions = exposure(listener).regions.filter(({ reach }) => reach === 'ordinary');
          for (const { answer, witness } of regions) await replay(listener, answer, witness);
          for (const change of changes) await replay(listener, change[side].answer, change.witness);
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 120_000);

  it('does so at the quota', async () => {
    const [listener] = quotaLoadBalancer.listeners;
    if (listener === undefined) throw new Error('It has a listener');
    await rig.alb.update(quotaLoadBalancer);
    const { regions, undecided } = exposure(listener);
    expect(undecided).toEqual([]);
    expect(regions.length).toBeGreaterThan(90);
    for (const { answer, witness } of regions) await replay(listener, answer, witness);
  }, 60_000);

  it('was asked several hundred times, of every kind', () => {
    const counts = Object.fromEntries(replayed);
    expect([...replayed.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(400);
    expect(Object.keys(counts).toSorted()).toEqual([
      'bearer token',
      'fixed-response',
      'forward',
      'login, or authenticate',
      'login, or deny',
      'login-callback',
      'redirect',
    ]);
  });
});
