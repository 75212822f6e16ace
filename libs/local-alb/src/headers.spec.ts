import { describe, expect, it } from '@jest/globals';

import { type AlbRequest, type Header } from './alb-request.ts';
import { clientHeaders, grouped, type Identification, targetHeaders } from './headers.ts';
import { attributes } from './testdata/load-balancer.ts';

const request = (headers: readonly Header[], change: Partial<AlbRequest> = {}): AlbRequest => ({
  method: 'GET',
  scheme: 'https',
  listenerPort: 8443,
  authority: 'app.localhost:8443',
  host: 'app.localhost',
  target: '/',
  path: '/',
  query: '',
  headers,
  sourceIp: '127.0.0.1',
  sourcePort: 40_000,
  ...change,
});

const unchecked: Identification = { kind: 'unchecked' };
const user: Identification = { kind: 'user', headers: { accessToken: 'a', identity: 'i', data: 'd' } };
const forged: readonly Header[] = [
  ['X-Amzn-Oidc-Data', 'forged'],
  ['x-amzn-oidc-identity', 'forged'],
  ['x-amzn-oidc-accesstoken', 'forged'],
  ['x-amzn-oidc-other', 'forged'],
];

/** What the target gets, without the trace id, which is random. */
const handedOn = (
  received: readonly Header[],
  identification: Identification = unchecked,
  change: Partial<typeof attributes> = {},
  requestChange: Partial<AlbRequest> = {},
): Record<string, string | string[]> => {
  const headers = targetHeaders(request(received, requestChange), identification, { ...attributes, ...change }, 0);
  const result = grouped(headers);
  expect(result['X-Amzn-Trace-Id']).toMatch(/^Root=/);
  delete result['X-Amzn-Trace-Id'];
  return result;
};

const own = {
  Host: 'app.localhost:8443',
  'X-Forwarded-For': '127.0.0.1',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '8443',
};

describe('the headers for the target', () => {
  it("are the client's, in order, and the load balancer's [A4.9 D]", () => {
    const headers = targetHeaders(
      request([
        ['Host', 'x'],
        ['B', '1'],
        ['a', '2'],
        ['B', '3'],
      ]),
      unchecked,
      attributes,
      0,
    );
    expect(headers.map(([name]) => name)).toEqual([
      'Host',
      'B',
      'a',
      'B',
      'X-Forwarded-For',
      'X-Forwarded-Proto',
      'X-Forwarded-Port',
      'X-Amzn-Trace-Id',
    ]);
  });

  it('name the user once, whatever the client says of one [B5.11 R]', () => {
    expect(handedOn(forged, user)).toEqual({
      ...own,
      'x-amzn-oidc-accesstoken': 'a',
      'x-amzn-oidc-identity': 'i',
      'x-amzn-oidc-data': 'd',
    });
    expect(handedOn(forged, { kind: 'anonymous' })).toEqual(own);
  });

  it('hold what the client says of a user where nobody checked: the application must not believe it', () => {
    expect(handedOn(forged, unchecked)).toMatchObject({ 'X-Amzn-Oidc-Data': 'forged' });
  });

  it('hold nothing of the connection, and nothing that Connection names [A4.14 D]', () => {
    const received: readonly Header[] = [
      ['Connection', 'close, X-Private'],
      ['X-Private', 'p'],
      ['Keep-Alive', 't'],
      ['TE', 'trailers'],
      ['Transfer-Encoding', 'chunked'],
      ['Upgrade', 'websocket'],
      ['Proxy-Connection', 'x'],
      ['Expect', '100-continue'],
    ];
    expect(handedOn(received)).toEqual(own);
  });

  it("cannot lose the load balancer's own through Connection", () => {
    const received: readonly Header[] = [
      ['Connection', 'x-amzn-oidc-data, x-forwarded-for, host, x-amzn-oidc-identity'],
    ];
    expect(handedOn(received, user)).toMatchObject({ ...own, 'x-amzn-oidc-data': 'd', 'x-amzn-oidc-identity': 'i' });
  });

  it('are one cookie header, which has the session', () => {
    expect(
      handedOn(
        [
          ['cookie', 'a=1'],
          ['cookie', 'AWSELBAuthSessionCookie-0=x'],
        ],
        user,
      ),
    ).toMatchObject({
      Cookie: 'a=1; AWSELBAuthSessionCookie-0=x',
    });
  });

  it.each([
    ['append', '203.0.113.7, 127.0.0.1'],
    ['preserve', '203.0.113.7'],
    ['remove', undefined],
  ] as const)('%s the address of the client [A4.8 D]', (xffHeaderProcessing, expected) => {
    const headers = handedOn(
      [
        ['x-forwarded-for', '203.0.113.7'],
        ['X-Forwarded-Proto', 'gopher'],
      ],
      unchecked,
      { xffHeaderProcessing },
    );
    expect(headers['X-Forwarded-For']).toBe(expected);
    expect(headers['X-Forwarded-Proto']).toBe('https');
  });

  it('drop invalid names only when told to [A4.4 D]', () => {
    const received: readonly Header[] = [
      ['x_amzn_oidc_data', 'forged'],
      ['a.b', '1'],
      ['a-b', '2'],
    ];
    expect(handedOn(received, user, { dropInvalidHeaderFields: true })).not.toHaveProperty('x_amzn_oidc_data');
    expect(handedOn(received, user, { dropInvalidHeaderFields: false })).toMatchObject({ x_amzn_oidc_data: 'forged' });
    expect(handedOn(received, user)).toMatchObject({ 'a-b': '2' });
  });

  it.each([
    ['127.0.0.1', [], '127.0.0.1:40000'],
    ['127.0.0.1', [['X-Forwarded-For', '192.0.2.1']], '192.0.2.1, 127.0.0.1:40000'],
    ['2001:db8::1', [], '[2001:db8::1]:40000'],
  ] as const)('have the port of the client %s where that is asked for [A4.25 D]', (sourceIp, received, expected) => {
    const headers = handedOn(received, unchecked, { xffClientPort: true }, { sourceIp });
    expect(headers['X-Forwarded-For']).toBe(expected);
  });

  it.each([
    ['adds the port of the listener', { authority: 'app.localhost' }, false, 'app.localhost:8443'],
    ['removes the default port', { authority: 'app.localhost:443', listenerPort: 443 }, false, 'app.localhost'],
    ['preserves the host when told to', { authority: 'app.localhost:1' }, true, 'app.localhost:1'],
  ])('write Host: %s [A4.5 D, A4.6 D]', (_, change, preserveHostHeader, expected) => {
    expect(handedOn([], unchecked, { preserveHostHeader }, change)['Host']).toBe(expected);
  });
});

describe('the headers for the client', () => {
  it("are the target's without its connection, each value kept, and the load balancer's cookies", () => {
    const received = [
      ['Set-Cookie', 'a=1'],
      ['X-A', '1'],
      ['set-cookie', 'b=2'],
      ['Connection', 'X-B'],
      ['X-B', '2'],
      ['Transfer-Encoding', 'chunked'],
    ] as const;
    expect(clientHeaders(received, ['c=3'])).toEqual([
      ['Set-Cookie', 'a=1'],
      ['X-A', '1'],
      ['set-cookie', 'b=2'],
      ['Set-Cookie', 'c=3'],
    ]);
  });
});
