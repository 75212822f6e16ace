import { type Listener, type LoadBalancer } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';

import { type AlbRequest, type Header } from './alb-request.ts';
import { refusedByLimit } from './request-limits.ts';
import {
  attributes,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  rule,
} from './testdata/load-balancer.ts';
import { rawStatus, sendRaw } from './testdata/raw-client.ts';
import { startRig } from './testdata/rig.ts';

const request = (headers: readonly Header[], target = '/'): AlbRequest => ({
  method: 'GET',
  scheme: 'https',
  listenerPort: 443,
  authority: 'a',
  host: 'a',
  target,
  path: target,
  query: '',
  headers,
  sourceIp: '127.0.0.1',
  sourcePort: 40_000,
});
/** So that nothing is refused for another reason. */
const monitoring = (listener: Listener): LoadBalancer =>
  loadBalancer([listener], { attributes: { ...attributes, desyncMitigation: 'monitor' } });
const addresses = (count: number): string => Array.from({ length: count }, (_, index) => `192.0.2.${index}`).join(', ');

describe('refusedByLimit', () => {
  it.each<[string, AlbRequest, number | undefined]>([
    ['a request line of 16K', request([], `/${'x'.repeat(16_384 - 15)}`), undefined],
    ['one of more', request([], `/${'x'.repeat(16_384 - 13)}`), 414],
    ['a header of 16K', request([['x', 'x'.repeat(16_384 - 5)]]), undefined],
    ['one of more', request([['x', 'x'.repeat(16_384 - 4)]]), 400],
    ['headers of over 64K', request(Array.from({ length: 5 }, () => ['x', 'x'.repeat(14_000)] as const)), 400],
    ['30 addresses', request([['X-Forwarded-For', addresses(30)]]), undefined],
    [
      '31 addresses',
      request([
        ['X-Forwarded-For', addresses(15)],
        ['x-forwarded-for', addresses(16)],
      ]),
      463,
    ],
    ['chunks', request([['Transfer-Encoding', 'chunked']]), undefined],
    ['another encoding', request([['Transfer-Encoding', 'gzip, chunked']]), 501],
  ])('%s [A4.12 D, B8.1 D, B8.7 D, B8.9 D, B8.12 D]', (_, given, expected) => {
    expect(refusedByLimit(given)).toBe(expected);
  });
});

describe.each([
  ['HTTP', httpListener],
  ['HTTPS', httpsListener],
] as const)('an %s listener', (_, listener) => {
  it.each([
    ['an address of over 16K', `GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
    ['a header of over 16K', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: a\r\n${`X: ${'x'.repeat(9000)}\r\n`.repeat(20)}\r\n`, 400],
    ['31 addresses', `GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${addresses(31)}\r\n\r\n`, 463],
    ['an unknown encoding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n', 501],
    ['an encoding without chunks', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n', 501],
    ['an unknown version', 'GET / HTTP/3.7\r\nHost: a\r\n\r\n', 505],
    ['no version', 'GET /\r\n\r\n', 400],
    ['nonsense', 'hello\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx', 400],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
  ])('answers %s [B8.1 D, B8.7 D, B8.9 D, B8.12 D, B8.16 D, A4.3 U]', async (_name, bytes, expected) => {
    const rig = await startRig(monitoring(listener(rule('default', [forwardAction]))));
    const answer = await sendRaw(rig.origin, bytes.replace('Host: a\r\n', 'Host: a\r\nConnection: close\r\n'));
    expect(rawStatus(answer)).toBe(expected);
    expect(answer).toContain(`<center><h1>${expected}`);
    await rig.stop();
  });

  it.each(['gzip', 'xchunked'])(
    'gives a request with the encoding %s one answer, and the rest none [B8.12 D]',
    async (encoding) => {
      const rig = await startRig(monitoring(listener(rule('default', [forwardAction]))));
      const smuggled = 'GET /admin HTTP/1.1\r\nHost: a\r\n\r\n';
      const head = `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ${encoding}\r\n\r\n`;
      const answer = await sendRaw(rig.origin, head + smuggled);
      expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 501']);
      await rig.stop();
    },
  );
});
