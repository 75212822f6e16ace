import { describe, expect, it } from '@jest/globals';

import { asksForGrpc, headerValue, readAlbRequest, requestUri, type WireRequest } from './alb-request.ts';

const wire: WireRequest = {
  method: 'GET',
  url: '/a%2Fb?x=1?2',
  rawHeaders: ['Host', 'app.localhost:8443', 'Accept', '*/*'],
  scheme: 'https',
  listenerPort: 8443,
  sourceIp: '::ffff:127.0.0.1',
  sourcePort: 40_000,
};

describe('readAlbRequest', () => {
  it('takes host, path and query apart and decodes nothing', () => {
    expect(readAlbRequest(wire)).toEqual({
      method: 'GET',
      scheme: 'https',
      listenerPort: 8443,
      authority: 'app.localhost:8443',
      host: 'app.localhost',
      target: '/a%2Fb?x=1?2',
      path: '/a%2Fb',
      query: 'x=1?2',
      headers: [
        ['Host', 'app.localhost:8443'],
        ['Accept', '*/*'],
      ],
      sourceIp: '127.0.0.1',
      sourcePort: 40_000,
    });
  });

  it("prefers HTTP/2's authority and an absolute URI's host to the header [A4.7 D]", () => {
    const h2 = readAlbRequest({ ...wire, rawHeaders: [':authority', 'a.example', ':path', '/', 'host', 'b.example'] });
    expect(h2).toMatchObject({ host: 'a.example', headers: [['host', 'b.example']] });
    const absolute = readAlbRequest({ ...wire, url: 'https://c.example:1?q' });
    expect(absolute).toMatchObject({ authority: 'c.example:1', target: '/?q', path: '/', query: 'q' });
  });

  it('keeps the address of the client as it saw it', () => {
    expect(requestUri({ scheme: 'https', authority: 'a:1', target: '//evil.example/' })).toBe(
      'https://a:1//evil.example/',
    );
  });

  it.each<[string, Partial<WireRequest>]>([
    ['no host', { rawHeaders: [] }],
    ['an empty host', { rawHeaders: ['Host', ''] }],
    ['two hosts', { rawHeaders: ['Host', 'a.example', 'host', 'b.example'] }],
    ['a host with user information', { rawHeaders: ['Host', 'a.example@evil.example'] }],
    ['a host with a path', { rawHeaders: ['Host', 'evil.example/x'] }],
    ['a host with a backslash', { rawHeaders: ['Host', 'evil.example\\x'] }],
    ['a port out of range', { rawHeaders: ['Host', 'a.example:70000'] }],
    ['no path', { url: '*' }],
    ['a path with a blank', { url: '/a b' }],
    ['a path outside ASCII', { url: '/\u00e9' }],
  ])('refuses %s', (_, change) => {
    expect(readAlbRequest({ ...wire, ...change })).toBeUndefined();
  });

  it.each([
    ['application/grpc', true],
    ['Application/gRPC ', true],
    ['application/grpc;charset=utf-8', true],
    ['application/grpc+json', true],
    ['application/grpc-web', false],
    ['application/grpcx', false],
    ['text/plain; application/grpc', false],
  ])('reads %j as gRPC: %s', (type, expected) => {
    expect(asksForGrpc({ headers: [['Content-Type', type]] })).toBe(expected);
    expect(asksForGrpc({ headers: [] })).toBe(false);
  });

  it('joins a header that comes several times', () => {
    const headers = [
      ['A', '1'],
      ['a', '2'],
      ['cookie', 'x=1'],
      ['Cookie', 'y=2'],
    ] as const;
    expect(headerValue({ headers }, 'a')).toBe('1, 2');
    expect(headerValue({ headers }, 'cookie')).toBe('x=1; y=2');
    expect(headerValue({ headers }, 'b')).toBeUndefined();
  });
});
