import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ask } from '../ask.ts';
import { expectLogin } from './expect-login.ts';
import { ALMOST_PUBLIC, PRIVATE_TARGETS } from './paths.ts';
import { type HeaderLine, rawRequest } from './raw-request.ts';
import { Siege } from './siege.ts';

let siege: Siege;
beforeAll(async () => {
  siege = await Siege.begin();
});
afterAll(() => siege.end());

describe('tricks with paths and framing', () => {
  it.each(PRIVATE_TARGETS)('%s needs a login', async (target) => {
    expectLogin(await rawRequest(siege.url, { target }));
  });

  it.each(ALMOST_PUBLIC)('%s needs a login too', async (target) => {
    expectLogin(await rawRequest(siege.url, { target }));
  });

  it.each(['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Path', 'X-Forwarded-Prefix'])(
    '%s does not turn a public page into another',
    async (name) => {
      const plain = await ask(`${siege.url}/logged-out`);
      const { status, body } = await rawRequest(siege.url, { target: '/logged-out', headers: [[name, '/admin']] });
      expect([status, body]).toEqual([plain.status, plain.body]);
    },
  );

  it.each([
    ['a method in a header', [['X-HTTP-Method-Override', 'GET']], 'POST'],
    ['a method of nobody', [], 'JEFF'],
    ['TRACE', [], 'TRACE'],
  ] as const)('%s opens nothing', async (_, headers, method) => {
    const { status } = await rawRequest(siege.url, {
      method,
      target: '/admin',
      headers: [...headers, ['Content-Length', '0']],
    });
    expect([302, 400, 405]).toContain(status);
  });

  it('an upgrade is no way around: not through the load balancer, nor straight at the application', async () => {
    const headers: HeaderLine[] = [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Origin', siege.url],
    ];
    expectLogin(await rawRequest(siege.url, { target: '/admin', headers }));
    // Node keeps a connection that is not upgraded, and this request would wait for its end.
    const straight: HeaderLine[] = headers.map(([name, value]) => [
      name,
      name === 'Connection' ? 'close, Upgrade' : value,
    ]);
    expect((await rawRequest(siege.served.applicationUrl(), { target: '/admin', headers: straight })).status).toBe(401);
  });

  const SMUGGLED = 'GET /admin HTTP/1.1\r\nHost: app\r\n\r\n';
  it.each([
    [
      'two lengths',
      [
        ['Content-Length', '0'],
        ['Content-Length', String(SMUGGLED.length)],
      ],
    ],
    [
      'a length and chunks',
      [
        ['Content-Length', String(SMUGGLED.length)],
        ['Transfer-Encoding', 'chunked'],
      ],
    ],
    ['chunks of no kind', [['Transfer-Encoding', 'xchunked']]],
    ['a signed length', [['Content-Length', `+${SMUGGLED.length}`]]],
    ['a space before the colon', [['Content-Length ', String(SMUGGLED.length)]]],
    [
      'chunks after a tab',
      [
        ['Transfer-Encoding', '\tchunked'],
        ['Content-Length', '5'],
      ],
    ],
  ] as const)('a request is not smuggled in with %s', async (_, headers) => {
    for (const origin of [siege.url, siege.served.applicationUrl()]) {
      const answer = await rawRequest(origin, {
        method: 'POST',
        target: '/logged-out',
        headers: [...headers, ['Connection', 'close']],
        body: SMUGGLED,
      });
      expect(answer.answers).toBe(1);
      expect([400, 415, 501]).toContain(answer.status);
    }
  });

  it('two hosts are refused', async () => {
    const { status } = await rawRequest(siege.url, { target: '/logged-out', headers: [['Host', 'evil.example']] });
    expect(status).toBe(400);
  });
});
