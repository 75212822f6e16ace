import { type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Application } from '../../local/application.ts';
import { CHECKS } from './catalogue.ts';
import { type Altered, type Fault, FrontDoor, HEADERS, honest, WORKSPACE } from './testdata/front-door.ts';

const LONGEST_MS = 120_000;
const DAY_MS = 24 * 3600 * 1000;

let door: FrontDoor;
beforeAll(async () => {
  door = await FrontDoor.open();
}, LONGEST_MS);
afterAll(() => door.close());

/** An application with a page of its own, and honest without. */
function answering(
  own: (request: IncomingMessage) => string | undefined,
  headers: Readonly<Record<string, string>> = HEADERS,
): NonNullable<Fault['application']> {
  return (request: IncomingMessage, response: ServerResponse) => {
    const body = own(request);
    if (body === undefined) honest(request, response);
    else response.writeHead(200, headers).end(body);
  };
}

/** Changes a header of what is answered to `/`. */
function rewriting(name: string, change: (value: string) => string): NonNullable<Fault['answer']> {
  return (answer, { url }) =>
    url === '/'
      ? { ...answer, headers: answer.headers.map(([each, value]) => [each, each === name ? change(value) : value]) }
      : answer;
}

/** Changes what is answered to some requests. */
function replacing(
  when: (request: IncomingMessage) => boolean,
  what: (answer: Altered, request: IncomingMessage) => Partial<Altered>,
): NonNullable<Fault['answer']> {
  return (answer, request) => (when(request) ? { ...answer, ...what(answer, request) } : answer);
}

const isPublic = ({ url }: IncomingMessage): boolean => url === '/logged-out';
const publicPage = ({ url }: IncomingMessage): string | undefined => (url === '/logged-out' ? 'Bye' : undefined);
const without = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(HEADERS).filter(([each]) => each !== name));
const user = ({ headers }: IncomingMessage, ...names: readonly string[]): string | undefined => {
  const name = names.map((each) => headers[each]).find((each) => each !== undefined);
  return name === undefined ? undefined : `Hello ${String(name)}`;
};

describe('infra:verify', () => {
  it(
    'finds nothing wrong with the application of this workspace, in few requests, and tells no secret',
    async () => {
      const outfile = join(door.folder, 'application.mjs');
      const real = await Application.create({
        root: WORKSPACE,
        main: join(WORKSPACE, 'apps/auth/src/main.ts'),
        outfile,
      });
      try {
        await real.compile();
        await real.start(door.environment);
        door.target = real.url;
        const { findings, lines, result, error } = await door.verify();
        expect(error).toBeUndefined();
        expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
        // Whose client this is, is known of what is served here.
        expect([...new Set(findings.map(({ check }) => check)), 'app client'].sort()).toEqual(
          Object.keys(CHECKS).sort(),
        );
        expect(result?.message).toMatch(
          /^https:\/\/app\.localhost:\d+ is as the stacks of test describe it \(\d+ requests\)\.$/,
        );
        expect((result?.data as { requests: number }).requests).toBeLessThan(120);
        expect(lines.join('\n')).not.toMatch(/state=|AWSALBAuthNonce=|eyJ|Cookie-0=/);
      } finally {
        door.target = undefined;
        await real.close();
      }
    },
    LONGEST_MS,
  );

  describe.each<readonly [what: string, fault: Fault, failed: readonly string[], says: RegExp]>([
    [
      'a public path is missing',
      { stacks: (json) => json.replace(',"/assets/favicon.svg"', '') },
      ['public paths'],
      /favicon\.svg is sent to the login/,
    ],
    [
      'the default rule does not authenticate',
      {
        stacks: (json) =>
          json.replace(
            /\{"authenticate_cognito":\{"on_unauthenticated_request":"authenticate".*?"type":"authenticate-cognito"\},/,
            '',
          ),
      },
      ['login'],
      /answers 401 .*does not authenticate/,
    ],
    [
      'the default rule lets everybody pass, and the application too',
      {
        stacks: (json) =>
          json.replace('"on_unauthenticated_request":"authenticate"', '"on_unauthenticated_request":"allow"'),
        application: answering(() => 'Secrets'),
      },
      ['login', 'other paths', 'bearer paths'],
      /\/admin answers 200 .* without a login/,
    ],
    [
      'the login is one for another client',
      {
        stacks: (json) =>
          json
            .replace('"aws_cognito_user_pool_client":{"alb":', '"aws_cognito_user_pool_client":{"other":')
            .replaceAll('aws_cognito_user_pool_client.alb.', 'aws_cognito_user_pool_client.other.'),
      },
      ['login'],
      /The client_id is \w+ where it has to be/,
    ],
    [
      'the login asks for another scope',
      { stacks: (json) => json.replaceAll('"scope":"openid email profile"', '"scope":"openid"') },
      ['login'],
      /The scope is openid where it has to be openid email profile/,
    ],
    [
      'the callback has capitals',
      { answer: rewriting('location', (value) => value.replace('app.localhost', 'App.localhost')) },
      ['login', 'hosted login'],
      /compares with case/,
    ],
    [
      'the callback is not registered',
      { stacks: (json) => json.replace(/("callback_urls":\["https:[^"]+)"/, '$1-of-old"') },
      ['hosted login'],
      /redirect_mismatch/,
    ],
    [
      'the state is short',
      { answer: rewriting('location', (value) => value.replace(/state=[^&]+/, 'state=1')) },
      ['login'],
      /state is missing or short/,
    ],
    [
      'the login is of another host',
      { answer: rewriting('location', (value) => value.replace('gatehouse-local.auth.', 'evil.')) },
      ['login'],
      /leads to https:\/\/evil\.localhost:\d+, which is not the user pool/,
    ],
    [
      'the login is of the right host without TLS',
      { answer: rewriting('location', (value) => value.replace('https:', 'http:')) },
      ['login'],
      /is not the user pool/,
    ],
    [
      'the nonce cookie is lost',
      { answer: rewriting('set-cookie', (value) => value.replace('AWSALBAuthNonce', 'Other')) },
      ['nonce cookie'],
      /not bound to the browser/,
    ],
    [
      'HTTP is answered by the application',
      {
        stacks: (json) =>
          json.replace(
            /\[\{"redirect":\{[^}]*\},"type":"redirect"\}\]/,
            '[{"type":"forward","target_group_arn":"${aws_lb_target_group.app.arn}"}]',
          ),
      },
      ['HTTP'],
      /unencrypted: whoever is on the way/,
    ],
    [
      'HTTP sends on to another host',
      { stacks: (json) => json.replace('{"redirect":{', '{"redirect":{"host":"evil.localhost",') },
      ['HTTP'],
      /301 to https:\/\/evil\.localhost/,
    ],
    [
      'the application believes headers',
      { application: answering((request) => user(request, 'x-amzn-oidc-identity')) },
      ['forged headers'],
      /with headers unsigned answers 200 .*the page of the user/,
    ],
    [
      'the application believes headers with underscores',
      { application: answering((request) => user(request, 'x_amzn_oidc_identity')) },
      // The load balancer drops such names, as the stacks tell it to.
      [],
      /as the stacks of test describe it/,
    ],
    [
      'the application believes headers with underscores, and the load balancer lets them pass',
      {
        stacks: (json) => json.replace('"drop_invalid_header_fields":true', '"drop_invalid_header_fields":false'),
        application: answering((request) => user(request, 'x_amzn_oidc_identity')),
      },
      ['forged headers'],
      /written with underscores/,
    ],
    [
      'the application believes headers without showing whom',
      {
        application: answering((request) =>
          isPublic(request) && user(request, 'x-forwarded-user') ? 'Hello' : undefined,
        ),
      },
      ['forged headers'],
      /headers of other proxies .*they are believed/,
    ],
    [
      'forged headers break the application',
      {
        answer: replacing(
          (request) => isPublic(request) && 'x-amzn-oidc-data' in request.headers,
          () => ({ status: 500 }),
        ),
      },
      ['forged headers'],
      /anybody can break it/,
    ],
    [
      'any session cookie is a session',
      {
        answer: replacing(
          ({ url, headers }) => url === '/' && /SessionCookie-0=/.test(headers.cookie ?? ''),
          () => ({ status: 200, body: 'Hello' }),
        ),
      },
      ['forged session'],
      /answers 200 .*they are believed/,
    ],
    [
      'any bearer token is taken',
      { application: answering(({ url }) => (url?.startsWith('/machines/') ? 'Data' : undefined)) },
      ['bearer paths'],
      /with a meaningless token answers 200/,
    ],
    [
      'scripts are sent to the login',
      {
        stacks: (json) =>
          json.replace('"on_unauthenticated_request":"deny"', '"on_unauthenticated_request":"authenticate"'),
      },
      ['API paths'],
      /\/api\/gatehouse-verify is sent to the login/,
    ],
    [
      'the API is open',
      {
        answer: replacing(
          ({ url }) => url?.startsWith('/api/') === true,
          () => ({ status: 200, body: 'Data' }),
        ),
      },
      ['API paths'],
      /open to everybody/,
    ],
    [
      'more is public than the stacks say',
      {
        stacks: (json) => json.replace('"/logged-out"', '"/logged-out*"'),
        application: answering(({ url }) => (url?.startsWith('/logged-out') ? `Bye from ${url}` : undefined)),
      },
      ['other paths'],
      /\/logged-outx answers 200/,
    ],
    [
      'case does not matter',
      {
        answer: replacing(
          ({ url }) => url === '/LOGGED-OUT',
          () => ({ status: 200, body: 'Bye' }),
        ),
      },
      ['other paths'],
      /\/LOGGED-OUT answers 200/,
    ],
    [
      'the callback takes anything',
      {
        answer: replacing(
          ({ url }) => url?.startsWith('/oauth2/idpresponse?code') === true,
          () => ({
            status: 302,
            headers: [
              ['location', '/'],
              ['set-cookie', 'AWSELBAuthSessionCookie-0=x; Secure; HttpOnly'],
            ],
            body: '',
          }),
        ),
      },
      ['callback'],
      /begins a session/,
    ],
    [
      'TRACE returns the request',
      {
        answer: replacing(
          ({ method }) => method === 'TRACE',
          (_answer, { rawHeaders }) => ({ status: 200, body: rawHeaders.join('\n') }),
        ),
      },
      ['methods'],
      /TRACE \/ returns the headers/,
    ],
    [
      'scripts of any site may read',
      {
        answer: replacing(
          ({ method }) => method === 'OPTIONS',
          ({ headers }, request) => ({
            headers: [...headers, ['access-control-allow-origin', request.headers.origin ?? '']],
          }),
        ),
      },
      ['methods'],
      /Access-Control-Allow-Origin/,
    ],
    [
      'HSTS is missing',
      { application: answering(publicPage, without('Strict-Transport-Security')) },
      ['HSTS'],
      /has no Strict-Transport-Security/,
    ],
    [
      'a cookie of the application has no flags',
      { application: answering(publicPage, { ...HEADERS, 'Set-Cookie': 'preferences=1; Path=/' }) },
      ['cookies'],
      /preferences without Secure and HttpOnly/,
    ],
    [
      'the way to the login may be cached',
      {
        answer: replacing(
          ({ url }) => url === '/',
          ({ headers }) => ({ headers: [...headers, ['cache-control', 'public, max-age=60']] }),
        ),
      },
      ['caching'],
      /A cache hands one visitor's way/,
    ],
    [
      'the application is down',
      { application: (_request, response) => void response.writeHead(503).end() },
      ['public paths', 'bearer paths'],
      /\/logged-out answers 503/,
    ],
    [
      'a public page leads to another host',
      {
        application: (request, response) =>
          isPublic(request)
            ? void response.writeHead(302, { Location: 'https://evil.example/' }).end()
            : honest(request, response),
      },
      ['public paths'],
      /led to another/,
    ],
    [
      'TLS 1.0 is accepted',
      { tls: { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } },
      ['TLS'],
      /TLSv1(\.1)? is accepted/,
    ],
  ])('where %s', (_what, fault, failed, says) => {
    it(
      'says so, and nothing else',
      async () => {
        const verified = await door.verify(fault);
        expect(verified.failed).toEqual(failed);
        expect([...verified.lines, verified.result?.message].join('\n')).toMatch(says);
        expect(verified.error?.code).toBe(failed.length === 0 ? undefined : 'NOT_AS_DESCRIBED');
        for (const { state, mend } of verified.findings) expect(mend === undefined).toBe(state === 'ok');
      },
      LONGEST_MS,
    );
  });

  it.each<readonly [string, Fault, readonly string[], RegExp]>([
    [
      'a cookie of the load balancer without flags',
      { answer: rewriting('set-cookie', (value) => value.replace('; HttpOnly', '')) },
      ['nonce cookie'],
      /without httponly/,
    ],
    [
      'a public page under another name',
      {
        answer: replacing(
          ({ url }) => url === '/gatehouse-verify/../logged-out',
          () => ({ status: 200, headers: [], body: '<p>Welcome' }),
        ),
      },
      ['other paths'],
      /the page of \/logged-out/,
    ],
    [
      'a version',
      { application: answering(publicPage, { ...HEADERS, Server: 'nginx/1.18.0' }) },
      ['software'],
      /nginx\/1\.18\.0/,
    ],
    [
      'a page without restrictions',
      { application: answering(publicPage, without('X-Content-Type-Options')) },
      ['page headers'],
      /lacks X-Content-Type-Options/,
    ],
    [
      'a short HSTS',
      { application: answering(publicPage, { ...HEADERS, 'Strict-Transport-Security': 'max-age=86400' }) },
      ['HSTS'],
      /for 1 days only/,
    ],
  ])(
    'warns of %s, and goes on',
    async (_what, fault, checks, says) => {
      const { findings, result } = await door.verify(fault);
      const warnings = findings.filter(({ state }) => state === 'warning');
      expect(warnings.map(({ check }) => check)).toEqual(checks);
      expect(warnings[0]?.message).toMatch(says);
      expect(result?.message).toContain(`To be looked at: ${checks.join(', ')}.`);
    },
    LONGEST_MS,
  );

  it.each<readonly [string, () => Promise<Fault['tls']>, RegExp]>([
    [
      'expired',
      () => door.certificate(['app.localhost', 'old.localhost'], { clock: () => Date.now() - 200 * DAY_MS }),
      /expired/,
    ],
    ['for another name', () => door.certificate(['other.localhost'], {}), /not for app\.localhost/],
    ['of a strange authority', () => door.certificate(['app.localhost'], { strange: true }), /not trusted/],
  ])(
    'asks nothing of a server whose certificate is %s',
    async (_what, tls, says) => {
      let requests = 0;
      const count: Fault['answer'] = (answer) => {
        requests += 1;
        return answer;
      };
      const { failed, findings, error } = await door.verify({ tls: (await tls()) ?? {}, answer: count });
      expect(failed).toEqual(['certificate']);
      expect(findings.at(-1)?.message).toMatch(says);
      expect(error?.message).toContain('Nothing else could be looked at.');
      expect(requests).toBe(0);
    },
    LONGEST_MS,
  );

  it(
    'gives a server that hangs up after two requests',
    async () => {
      const start = performance.now();
      const { failed, findings } = await door.verify({ answer: () => undefined }, {}, { timeoutMilliseconds: 500 });
      expect(failed).toEqual(expect.arrayContaining(['login', 'public paths', 'other paths', 'callback']));
      expect(findings.filter(({ message }) => /did not answer in 0\.5 s/.test(message))).toHaveLength(2);
      expect(performance.now() - start).toBeLessThan(20_000);
    },
    LONGEST_MS,
  );

  it.each([
    ['does not resolve', 'https://nowhere.invalid', 'DNS', /does not resolve \(ENOTFOUND\)/],
    ['has nothing that listens', 'https://app.localhost:1', 'certificate', /ECONNREFUSED/],
  ])(
    'says that a name %s',
    async (_what, url, check, says) => {
      const { failed, findings } = await door.verify({}, { url });
      expect(failed).toEqual([check]);
      expect(findings.at(-1)?.message).toMatch(says);
    },
    LONGEST_MS,
  );

  it.each(['http://app.localhost', 'https://app.localhost/path', 'app.localhost', 'https://me:secret@app.localhost'])(
    'refuses %s as an address, without quoting it',
    async (url) => {
      const { error } = await door.verify({}, { url });
      expect(error?.code).toBe('OPTION_INVALID');
      expect(error?.message).not.toContain('secret');
    },
    LONGEST_MS,
  );
});
