import { afterAll, beforeAll, describe } from '@jest/globals';

import { answering, isPublic, publicPage, replacing, saysSo, user, without } from './testdata/faults.ts';
import { FrontDoor, HEADERS, honest, LONGEST_MS } from './testdata/front-door.ts';

let door: FrontDoor;
beforeAll(async () => {
  door = await FrontDoor.open();
}, LONGEST_MS);
afterAll(() => door.close());

describe('infra:verify', () => {
  saysSo(
    () => door,
    [
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
    ],
  );
});
