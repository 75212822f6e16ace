import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { type LoadBalancer, match, readTerraform } from '@gatehouse/listener';
import { review, type StackInput, type Witness } from '@gatehouse/plan-review';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { freePort } from '../../local/preflight.ts';
import { APPLICATION, ask, type Street, street } from '../../testing/stranger.ts';

type RequestWitness = Extract<Witness, { readonly kind: 'request' }>;
type Plans = Readonly<Record<string, Omit<StackInput, 'stack'>>>;

const CORPUS = join(import.meta.dirname, '..', '..', '..', '..', '..', 'libs', 'plan-review', 'corpus', 'plans');
const HOST = '127.0.0.1';
/** How many witnesses were sent, by what they were said to meet. */
const replayed = new Map<string, number>();

let place: Street;
beforeAll(async () => {
  place = await street();
});
afterAll(() => place.close());

const plansOf = async (name: string): Promise<Plans> =>
  JSON.parse(gunzipSync(await readFile(join(CORPUS, `${name}.json.gz`))).toString()) as Plans;

/** A load balancer that runs, by the ports that it has on AWS. */
interface Running extends AsyncDisposable {
  readonly loadBalancer: LoadBalancer | undefined;
  readonly ports: ReadonlyMap<number, number>;
}

async function running(loadBalancer: LoadBalancer | undefined): Promise<Running> {
  if (loadBalancer === undefined) return { loadBalancer, ports: new Map(), [Symbol.asyncDispose]: async () => {} };
  const ports = new Map<number, number>();
  for (const { port } of loadBalancer.listeners) ports.set(port, await freePort(HOST));
  const listeners = loadBalancer.listeners.map((listener) => ({ ...listener, port: ports.get(listener.port) ?? 0 }));
  const alb = await place.started(resolved({ ...loadBalancer, listeners }));
  return { loadBalancer, ports, [Symbol.asyncDispose]: () => alb.close() };
}

/** With something in place of what AWS only names when it makes it. */
function resolved(loadBalancer: LoadBalancer): LoadBalancer {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/made/0123456789abcdef';
  return JSON.parse(JSON.stringify(loadBalancer).replaceAll(/\$\{[^}]*\}/g, arn)) as LoadBalancer;
}

/** What becomes of a request of somebody without a session, in the words of a review. */
async function met({ ports, loadBalancer }: Running, { port, request }: RequestWitness): Promise<string> {
  const open = ports.get(port);
  if (open === undefined) return 'no listener';
  // Where a port changes its protocol, each side is asked in its own.
  const protocol = loadBalancer?.listeners.find((each) => each.port === port)?.protocol ?? 'HTTP';
  const { status, location, body } = await ask(protocol, open, request);
  if (status === 200 && body === APPLICATION) return APPLICATION;
  if (status === 302 && location?.pathname === '/oauth2/authorize') return 'login';
  return location === undefined ? `answer ${status}` : `redirect ${status}`;
}

/** What somebody without a session meets where a review says this. */
function meant(said: string): string {
  switch (said) {
    case 'open':
    case 'optional login':
      return APPLICATION;
    case 'login or 401':
    // Nobody began the login that it is the end of.
    case 'end of a login':
      return 'answer 401';
    default:
      return said;
  }
}

/** A client cannot choose where it comes from: whether what is said holds for requests of this machine too. */
function canBeSent({ loadBalancer }: Running, { port, request }: RequestWitness): boolean {
  const listener = loadBalancer?.listeners.find((each) => each.port === port);
  if (listener === undefined) return true;
  const [said, here] = [request, { ...request, sourceIp: HOST }].map((each) => match(listener, each).answer);
  return JSON.stringify(said) === JSON.stringify(here);
}

const names = (await readdir(CORPUS)).map((file) => file.replace('.json.gz', ''));

describe('every witness of a review, sent to the load balancers before and after', () => {
  it.each(names)('%s', async (name) => {
    const plans = { ...(await plansOf('applied')), ...(await plansOf(name)) };
    const inputs = Object.entries(plans).map(([stack, input]): StackInput => ({ stack, ...input }));
    const witnesses = review(inputs, { today: '2026-11-22' }).findings.flatMap(({ witness }) =>
      witness?.kind === 'request' ? [witness] : [],
    );
    if (witnesses.length === 0) return;
    const read = readTerraform(plans['alb']?.plan);
    if (read.kind !== 'plan') throw new Error('It is no plan');
    await using before = await running(read.before.loadBalancers[0]);
    await using after = await running(read.loadBalancers[0]);
    for (const witness of witnesses) {
      for (const [side, alb] of [
        ['before', before],
        ['after', after],
      ] as const) {
        if (!canBeSent(alb, witness)) continue;
        const said = witness[side];
        expect([side, witness.request, await met(alb, witness)]).toEqual([side, witness.request, meant(said)]);
        replayed.set(said, (replayed.get(said) ?? 0) + 1);
      }
    }
  });

  it('was of every kind', () => {
    const kinds = ['end of a login', 'login', 'login or 401', 'no listener', 'open', 'optional login', 'redirect 301'];
    expect([...replayed.keys()].toSorted()).toEqual(expect.arrayContaining(kinds));
    expect([...replayed.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(40);
  });
});
