import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type LoadBalancer } from '@gatehouse/listener';

import { createAuthority, issueCertificate } from '../certificate.ts';
import { type RequestEvent } from '../event.ts';
import { type LocalAlb, startLocalAlb } from '../local-alb.ts';
import { type LocalAlbOptions } from '../options.ts';
import { type ClientAnswer, type ClientOptions, CookieJar, fetchOnce } from './client.ts';
import { type FakeTarget, startFakeTarget } from './fake-target.ts';
import { type FakeUserPool, startFakeUserPool } from './fake-user-pool.ts';
import { httpsListener, loadBalancer, loginRule } from './load-balancer.ts';

const authority = await createAuthority('test', Date.now());
export const serverTls = await issueCertificate(authority, ['localhost', 'app.localhost', '127.0.0.1'], Date.now());
export const ca = authority.cert;

/** A load balancer with everything around it. */
export interface Rig {
  readonly alb: LocalAlb;
  readonly pool: FakeUserPool;
  readonly target: FakeTarget;
  readonly events: RequestEvent[];
  readonly jar: CookieJar;
  readonly stateFolder: string;
  readonly options: LocalAlbOptions;
  /** `https://app.localhost:<port>`, of the first listener. */
  readonly origin: string;
  /** Moves the load balancer's clock. Milliseconds. */
  advance(milliseconds: number): void;
  /** With the jar's cookies, which it updates. A path, or a whole URL. */
  fetch(address: string, options?: ClientOptions): Promise<ClientAnswer>;
  /** Goes to the path and through the login; the answer of the callback. */
  login(path?: string): Promise<ClientAnswer>;
  stop(): Promise<void>;
}

export async function startRig(
  configuration: LoadBalancer = loadBalancer([httpsListener(loginRule)]),
  changes: Partial<LocalAlbOptions> = {},
): Promise<Rig> {
  const [pool, target] = await Promise.all([startFakeUserPool(), startFakeTarget()]);
  const stateFolder = join(tmpdir(), `local-alb-${randomUUID()}`);
  const events: RequestEvent[] = [];
  const jar = new CookieJar();
  let shift = 0;
  const options: LocalAlbOptions = {
    loadBalancer: configuration,
    stateFolder,
    tls: serverTls,
    trustedCa: ca,
    resolveTarget: () => target.url,
    resolveUserPool: () => pool.endpoints,
    log: (event) => events.push(event),
    clock: () => Date.now() + shift,
    ...changes,
  };
  const alb = await startLocalAlb(options);
  const [first] = alb.addresses;
  const origin = `${first?.protocol === 'HTTP' ? 'http' : 'https'}://app.localhost:${first?.port}`;

  const fetch = async (address: string, request: ClientOptions = {}): Promise<ClientAnswer> => {
    const cookie = jar.header;
    const answer = await fetchOnce(address.startsWith('/') ? `${origin}${address}` : address, {
      ca,
      ...request,
      headers: { ...(cookie === '' ? {} : { Cookie: cookie }), ...request.headers },
    });
    jar.take(answer.setCookies);
    return answer;
  };

  return {
    alb,
    pool,
    target,
    events,
    jar,
    stateFolder,
    options,
    origin,
    advance: (milliseconds) => {
      shift += milliseconds;
    },
    fetch,
    login: async (path = '/') => {
      const begun = await fetch(path);
      return fetch(callbackOf(begun));
    },
    stop: async () => {
      await Promise.all([alb.close(), pool.close(), target.close()]);
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

/** Where the user pool would send the browser after a login. */
export function callbackOf(begun: ClientAnswer, code = 'code-1'): string {
  const state = encodeURIComponent(begun.location.searchParams.get('state') ?? '');
  return `${begun.location.searchParams.get('redirect_uri')}?code=${code}&state=${state}`;
}
