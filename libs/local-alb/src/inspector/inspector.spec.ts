import { connect } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { fakeJwt } from '../testdata/fake-user-pool.ts';
import {
  authenticateAction,
  forwardAction,
  httpsListener,
  loadBalancer,
  loginRule,
  oidcAction,
  pathRule,
} from '../testdata/load-balancer.ts';
import { type Rig, startRig } from '../testdata/rig.ts';
import { type DrawnListener } from './drawing.ts';
import { type Inspection } from './inspection.ts';

const tokenAction = {
  type: 'jwt-validation',
  issuer: 'https://i',
  jwksEndpoint: 'https://127.0.0.1:1/',
  additionalClaims: [],
} as const;

const modes = httpsListener(
  pathRule(1, '/open', forwardAction),
  pathRule(2, '/maybe', { ...authenticateAction, onUnauthenticatedRequest: 'allow' }, forwardAction),
  pathRule(3, '/deny', { ...authenticateAction, onUnauthenticatedRequest: 'deny' }, forwardAction),
  pathRule(4, '/elsewhere', oidcAction, forwardAction),
  pathRule(5, '/machines', tokenAction, forwardAction),
  loginRule,
);

/** The events that a page gets which is opened now. */
async function eventsOf(url: string): Promise<readonly { readonly event: string; readonly data: unknown }[]> {
  const response = await fetch(`${url}/events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const text = String((await reader?.read())?.value);
  await reader?.cancel();
  return text
    .trim()
    .split('\n\n')
    .map((block) => {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      return { event, data: JSON.parse(data) as unknown };
    });
}

describe('the inspector', () => {
  let rig: Rig;
  let url: string;
  beforeEach(async () => {
    rig = await startRig(loadBalancer([modes]), { inspectorPort: 0, resolveClientSecret: () => 'unused' });
    url = rig.alb.inspectorUrl ?? '';
  });
  afterEach(() => rig.stop());

  const inspections = async (): Promise<readonly Inspection[]> =>
    (await eventsOf(url)).filter(({ event }) => event === 'request').map(({ data }) => data as Inspection);

  it('draws the listener, and says of each rule whether it is open', async () => {
    const drawn = (await eventsOf(url)).find(({ event }) => event === 'listeners')?.data as readonly DrawnListener[];
    expect(drawn[0]?.rules.map(({ passage, says, conditions }) => [passage, says, conditions])).toEqual([
      ['open', 'Open: no login, then arn:tg', ['path-pattern is /open']],
      ['optional', 'Open: login optional, then arn:tg', ['path-pattern is /maybe']],
      ['denied', 'Closed: 401 without a session, then arn:tg', ['path-pattern is /deny']],
      ['closed', 'Closed: login first, then arn:tg', ['path-pattern is /elsewhere']],
      ['bearer', 'Closed: 401 without a valid bearer token, then arn:tg', ['path-pattern is /machines']],
      ['closed', 'Closed: login first, then arn:tg', []],
    ]);
    expect(drawn[0]?.port).toBe(rig.alb.addresses[0]?.port);
    await rig.alb.update(loadBalancer([httpsListener(loginRule)]));
    const redrawn = (await eventsOf(url)).find(({ event }) => event === 'listeners')?.data as readonly DrawnListener[];
    expect(redrawn[0]?.rules).toHaveLength(1);
  });

  it('says which rule matched, and why those before it did not', async () => {
    await rig.fetch('/deny');
    const [request] = await inspections();
    expect(request?.rules.map(({ verdict, because }) => [verdict, because])).toEqual([
      ['passed over', 'path-pattern is /open; the path is /deny'],
      ['passed over', 'path-pattern is /maybe; the path is /deny'],
      ['matched', undefined],
      ['not asked', undefined],
      ['not asked', undefined],
      ['not asked', undefined],
    ]);
    expect(request).toMatchObject({
      status: 401,
      authentication: 'failed: the rule denies requests without a session',
      answer: '401, by the load balancer',
    });
  });

  it('shows a login from its beginning to the target, tokens decoded and never raw', async () => {
    rig.pool.tokens = { access_token: fakeJwt({ sub: 'user-1', 'cognito:groups': ['admins'] }) };
    await rig.login('/page?secret-code=1');
    rig.advance(120_000);
    await rig.fetch('/page', { headers: { Authorization: 'Bearer zyxwvu', 'X-Plain': 'shown' } });
    const [begun, ended, page] = await inspections();
    expect(begun).toMatchObject({ authentication: 'no session: sent to the login', handedOn: [] });
    expect(ended).toMatchObject({
      path: '/oauth2/idpresponse',
      query: '',
      authentication: 'the login succeeded, and the session begins',
    });
    expect(page).toMatchObject({
      authentication: 'a session',
      session: { subject: 'user-1', ageSeconds: 120, endsInSeconds: 3480 },
    });
    expect(page?.answer).toMatch(/^200, by the target 127\.0\.0\.1:\d+ after \d+ ms$/);
    const header = (name: string) => page?.handedOn.find((one) => one.name.toLowerCase() === name);
    expect(header('x-amzn-oidc-data')?.token).toMatchObject({
      header: { alg: 'ES256' },
      payload: { email: 'ada@example.com' },
    });
    expect(header('x-amzn-oidc-accesstoken')?.token?.payload).toMatchObject({ 'cognito:groups': ['admins'] });
    expect(header('x-plain')?.value).toBe('shown');
    expect(header('authorization')?.value).toBe('(13 characters)');
    expect(header('cookie')?.value).toMatch(/^AWSELBAuthSessionCookie-0 \(\d+ characters\)$/);
    const told = JSON.stringify(await eventsOf(url));
    for (const secret of ['code-1', 'zyxwvu', 'refresh-1', rig.jar.header.slice(-60), 'c2ln', 'secret+']) {
      expect(told).not.toContain(secret);
    }
  });

  it('says what became of a bearer token, and shows none', async () => {
    await rig.fetch('/machines', { headers: { Authorization: 'Bearer hidden' } });
    const [request] = await inspections();
    expect(request?.authentication).toMatch(/^failed: JWTRequestFormatInvalid: /);
    expect(JSON.stringify(request)).not.toContain('hidden');
  });

  it('tells who answered when nobody did', async () => {
    rig.alb.setFaults({ target: 'down' });
    await rig.fetch('/open');
    expect((await inspections())[0]).toMatchObject({
      status: 502,
      authentication: 'not asked for: nobody checked who this is',
      answer: '502, by the load balancer',
    });
  });

  it("is a page that loads nothing from elsewhere, and no other name's", async () => {
    const response = await fetch(url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self'/,
    );
    expect(await response.text()).not.toMatch(/(?:src|href)=/);
    expect((await fetch(`${url}/../session.key`)).status).toBe(404);
    expect((await fetch(`${url}/events`, { method: 'POST' })).status).toBe(405);
    const { port } = new URL(url);
    const rebound = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(`GET /events HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`),
      );
      socket.once('data', (chunk) => resolve(chunk.toString()));
    });
    expect(rebound).toMatch(/^HTTP\/1\.1 403 /);
  });
});
