import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { rawRequest } from './attacks/raw-request.ts';
import { type ServedCopy, serveCopy } from './serve-copy.ts';
import { type Served, startNx } from './served.ts';

/** The part of what `nx run auth:routes --env=local --json` says that is held against the running parts. */
interface Said {
  readonly routes: readonly {
    readonly methods: readonly string[] | 'ALL';
    readonly path: string;
    readonly access: { readonly public: boolean };
    readonly spellings: string;
  }[];
  readonly environments: { readonly local: { readonly meetings: readonly Meeting[] } };
}

interface Meeting {
  readonly asks: 'nothing' | 'login' | 'bearer' | 'kept';
  readonly access: 'public' | 'closed';
  readonly route?: string;
  readonly witness: { readonly method: string; readonly path: string };
}

let serving: ServedCopy;
let served: Served;
let said: Said;

beforeAll(async () => {
  serving = await serveCopy();
  served = serving.served;
  const nx = startNx(serving.copy, ['run', 'auth:routes', '--env=local', '--json']);
  if ((await nx.exit) !== 0) throw new Error(nx.output());
  said = (JSON.parse(/^\{.*"event":"result".*\}$/m.exec(nx.output())?.[0] ?? '{}') as { data: Said }).data;
});
afterAll(() => serving.end());

/** What an answer of the application says of who was asked for: closed is 401, or 400 for what it cannot read. */
function accessOf(status: number): 'public' | 'closed' {
  return status === 400 || status === 401 ? 'closed' : 'public';
}

/** Who the application says answers a path that is sent as it is. */
function saidAccess(method: string, path: string): 'public' | 'closed' {
  const route = said.routes.find(
    ({ methods, spellings }) => (methods === 'ALL' || methods.includes(method)) && new RegExp(spellings).test(path),
  );
  return route?.access.public === true ? 'public' : 'closed';
}

/** A path in the ways that somebody on the way may read as another. */
function odd(path: string): readonly string[] {
  const letter = /[a-z]/.exec(path.slice(1))?.[0] ?? 'x';
  const code = letter.charCodeAt(0).toString(16);
  return [
    path,
    `${path}/`,
    `${path}//`,
    `/${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `/assets/..%2f${path.slice(1)}`,
    `/logged-out/..${path}`,
    `/logged-out;/..${path}`,
    `/%2f${path.slice(1)}`,
    path.toUpperCase(),
    path.replace(letter, `%${code}`),
    path.replace(letter, `%${code.toUpperCase()}`),
    path.replace(letter, `%25${code}`),
    `/${path.slice(1).replaceAll('/', '%2f')}`,
    `${path};x=y`,
    `${path}%3bx`,
    `${path}%00`,
    `${path}%20`,
    `${path}%`,
    `${path}.`,
    `${path}?/logged-out`,
  ];
}

describe('the comparison of routes', () => {
  it('says of each rule and route that meet what the load balancer and the application do', async () => {
    const { meetings } = said.environments.local;
    expect(meetings.length).toBeGreaterThan(15);
    for (const { asks, access, route, witness } of meetings) {
      // The end of a login is the load balancer's own.
      if (witness.path === '/oauth2/idpresponse') continue;
      const request = { method: witness.method, target: witness.path, headers: [['Content-Length', '0']] as const };
      const through = await rawRequest(served.url, request);
      expect([route, asks, through.status === 302 ? 'login' : 'nothing']).toEqual([route, asks, asks]);
      const straight = await rawRequest(served.applicationUrl(), request);
      expect([route, witness, accessOf(straight.status)]).toEqual([route, witness, access]);
    }
  });

  it('holds for every odd spelling: nothing is open but the public paths as they are written', async () => {
    const open = said.environments.local.meetings
      .filter(({ asks }) => asks === 'nothing')
      .map(({ witness }) => witness.path);
    expect(open).toContain('/logged-out');
    const paths = said.routes.filter(({ path }) => !path.includes('*')).map(({ path }) => path);
    for (const target of [...new Set(paths)].flatMap(odd)) {
      const [path = ''] = target.split('?');
      const through = await rawRequest(served.url, { target });
      const straight = await rawRequest(served.applicationUrl(), { target });
      expect([target, through.status]).toEqual([target, open.includes(path) ? 200 : 302]);
      expect([target, accessOf(straight.status)]).toEqual([target, saidAccess('GET', path)]);
    }
  });
});
