import { type JwtValidationAction, type TargetGroup } from '@gatehouse/listener';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Header } from './alb-request.ts';
import { startHttp2Target } from './testdata/http2-target.ts';
import { forwardAction, httpsListener, loadBalancer, pathRule, rule } from './testdata/load-balancer.ts';
import { sendRawHttp2 } from './testdata/raw-http2.ts';
import { type Rig, startRig } from './testdata/rig.ts';

const open = pathRule(1, '/open*', forwardAction);
const closed = rule('default', [
  { type: 'fixed-response', statusCode: 403, contentType: 'text/plain', messageBody: 'closed' },
]);

/** The request as it should be; each test spoils something. */
const well = (host: string, path = '/open'): readonly Header[] => [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', host],
  [':path', path],
];

describe('a request of HTTP/2 that no client would send', () => {
  let rig: Rig;
  let host: string;
  let seen: number;
  beforeEach(async () => {
    rig = await startRig(loadBalancer([httpsListener(open, closed)]));
    host = new URL(rig.origin).host;
    seen = 0;
    rig.target.handler = (_, response) => {
      seen++;
      response.end();
    };
  });
  afterEach(() => rig.stop());

  it('is answered when nothing is wrong with it', async () => {
    expect(await sendRawHttp2(rig.origin, well(host))).toBe('status 200');
    expect(await sendRawHttp2(rig.origin, well(host, '/else'))).toBe('status 403');
    expect(seen).toBe(1);
  });

  it.each<[string, (host: string) => readonly Header[]]>([
    ['a name in capitals', (one) => [...well(one), ['X-Own', '1']]],
    ['a header of the connection', (one) => [...well(one), ['connection', 'keep-alive']]],
    ['a framing of HTTP/1.1', (one) => [...well(one), ['transfer-encoding', 'chunked']]],
    ['two authorities', (one) => [...well(one), [':authority', 'other.example.com']]],
    ['no path', (one) => well(one).filter(([name]) => name !== ':path')],
    ['a path without a slash', (one) => well(one, 'open')],
    ['a path with a line end', (one) => well(one, '/open\r\nX: 1')],
    ['a path with a blank', (one) => well(one, '/open HTTP/1.1')],
    ['a pseudo-header behind others', (one) => [['accept', '*/*'], ...well(one)]],
  ])('never reaches a target: %s', async (_, spoiled) => {
    expect(await sendRawHttp2(rig.origin, spoiled(host))).not.toBe('status 200');
    expect(seen).toBe(0);
  });

  it.each<[string, Header]>([
    ['a value with a line end', ['x-own', '1\r\nx-amzn-oidc-identity: admin']],
    ['a value with a NUL', ['x-own', '1\u0000']],
    ['a name with a colon', ['x-own:', '1']],
    ['a name with a line end', ['x-own\r\nx-amzn-oidc-identity', 'admin']],
  ])('loses %s on the way', async (_, field) => {
    const received: string[] = [];
    rig.target.handler = ({ rawHeaders }, response) => {
      received.push(rawHeaders.join(' '));
      response.end();
    };
    expect(await sendRawHttp2(rig.origin, [...well(host), field, ['x-last', 'yes']])).toBe('status 200');
    expect(received).toEqual([expect.stringContaining('x-last yes')]);
    expect(received[0]).not.toMatch(/x-own|oidc/);
  });

  it('goes by its authority, whatever its Host says', async () => {
    await rig.alb.update(
      loadBalancer([
        httpsListener(rule(1, [forwardAction], [{ field: 'host-header', values: ['app.localhost'] }]), closed),
      ]),
    );
    expect(await sendRawHttp2(rig.origin, [...well('other.localhost'), ['host', host]])).toBe('status 403');
    const received: (string | undefined)[] = [];
    rig.target.handler = ({ rawHeaders }, response) => {
      received.push(...rawHeaders.flatMap((one, at) => (one.toLowerCase() === 'host' ? [rawHeaders[at + 1]] : [])));
      response.end();
    };
    expect(await sendRawHttp2(rig.origin, [...well(host), ['host', 'other.localhost']])).toBe('status 200');
    expect(received).toEqual([host]);
  });

  it('is no more believed with two tokens than with none', async () => {
    const validation: JwtValidationAction = {
      type: 'jwt-validation',
      issuer: 'https://id.example.com',
      jwksEndpoint: 'https://127.0.0.1:1/keys',
      additionalClaims: [],
    };
    await rig.alb.update(loadBalancer([httpsListener(rule('default', [validation, forwardAction]))]));
    const token: Header = ['authorization', 'Bearer a.b.c'];
    expect(await sendRawHttp2(rig.origin, [...well(host), token, token])).toBe('status 401');
    expect(rig.events.at(-1)).toMatchObject({ errorReason: 'JWTRequestFormatInvalid' });
    expect(seen).toBe(0);
  });

  it('is refused where HTTP/2 to the target would not carry it', async () => {
    const target = await startHttp2Target();
    await rig.stop();
    const made = loadBalancer([httpsListener(rule('default', [forwardAction]))]);
    const targetGroups = made.targetGroups.map((one) => ({ ...one, protocolVersion: 'HTTP2' }) as TargetGroup);
    rig = await startRig({ ...made, targetGroups }, { resolveTarget: () => target.url });
    const ranges: readonly Header[] = [
      ['range', 'bytes=0-1'],
      ['range', 'bytes=2-3'],
    ];
    const own = new URL(rig.origin).host;
    expect(await sendRawHttp2(rig.origin, [...well(own), ...ranges.slice(0, 1)])).toBe('status 200');
    expect(await sendRawHttp2(rig.origin, [...well(own), ...ranges])).toBe('status 400');
    await target.close();
  });
});
