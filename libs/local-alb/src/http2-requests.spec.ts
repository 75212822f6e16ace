import { type TargetGroup } from '@gatehouse/listener';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type Header } from './alb-request.ts';
import { echo } from './testdata/fake-target.ts';
import { type Http2Target, startHttp2Target } from './testdata/http2-target.ts';
import { forwardAction, httpsListener, loadBalancer, rule } from './testdata/load-balancer.ts';
import { pseudoFields, type RawStreamEnd, sendFields } from './testdata/raw-http2-client.ts';
import { type Rig, serverTls, startRig } from './testdata/rig.ts';
import { startTokenIssuer, tokenIssuer, type TokenIssuer, tokenOf } from './testdata/token-issuer.ts';

const protocolError = 1;
const malformed: RawStreamEnd = { kind: 'reset', code: protocolError };
const status = (code: number): RawStreamEnd => ({ kind: 'answered', status: code });

let rig: Rig | undefined;
let issuer: TokenIssuer | undefined;
let target: Http2Target | undefined;
afterEach(async () => {
  await Promise.all([rig?.stop(), issuer?.close(), target?.close()]);
  rig = issuer = target = undefined;
});

/** A load balancer that lets everybody through, and what its target was asked for, with which headers. */
async function open() {
  rig = await startRig(loadBalancer([httpsListener(rule('default', [forwardAction]))]));
  const reached: string[] = [];
  const hosts: unknown[] = [];
  const received: string[] = [];
  rig.target.handler = (request, response) => {
    reached.push(request.url ?? '');
    hosts.push(request.headers.host);
    received.push(...request.rawHeaders);
    echo(request, response);
  };
  return { origin: rig.origin, reached, hosts, received };
}

/** In place of the field that a request has by that name, at its place. */
function replaced(fields: readonly Header[], name: string, ...others: readonly Header[]): readonly Header[] {
  return fields.flatMap((field) => (field[0] === name ? others : [field]));
}

describe('a request over HTTP/2 as no client may send it', () => {
  it.each<[string, (fields: readonly Header[]) => readonly Header[], RawStreamEnd]>([
    ['a name in upper case', (fields) => [...fields, ['X-Upper', '1']], malformed],
    ['Connection', (fields) => [...fields, ['connection', 'x-own'], ['x-own', '1']], malformed],
    ['Transfer-Encoding', (fields) => [...fields, ['transfer-encoding', 'chunked']], malformed],
    ['Keep-Alive', (fields) => [...fields, ['keep-alive', 'timeout=5']], malformed],
    ['Upgrade', (fields) => [...fields, ['upgrade', 'websocket']], malformed],
    ['TE of something else', (fields) => [...fields, ['te', 'gzip']], malformed],
    ['two :authority', (fields) => [...fields, [':authority', 'other.example']], malformed],
    ['two :path', (fields) => [...fields, [':path', '/other']], malformed],
    ['a pseudo-header behind others', ([first, ...rest]) => [...rest, ['x', '1'], first ?? ['', '']], malformed],
    ['a pseudo-header of its own', (fields) => [...fields, [':own', '1']], malformed],
    ['two Host', (fields) => [...fields, ['host', 'a.example'], ['host', 'b.example']], malformed],
    ['a :path without slash', (fields) => replaced(fields, ':path', [':path', 'admin']), malformed],
    ['an empty :path', (fields) => replaced(fields, ':path', [':path', '']), malformed],
    ['a :path with a line break', (fields) => replaced(fields, ':path', [':path', '/a\r\nx: 1']), malformed],
    ['a :path with NUL', (fields) => replaced(fields, ':path', [':path', '/a\0b']), malformed],
    ['a :path with a space', (fields) => replaced(fields, ':path', [':path', '/a b']), malformed],
    ['no :path', (fields) => replaced(fields, ':path'), malformed],
  ])('never reaches the target: %s', async (_, change, expected) => {
    const { origin, reached } = await open();
    expect(await sendFields(origin, change(pseudoFields(origin)))).toEqual(expected);
    expect(await sendFields(origin, pseudoFields(origin, '/after'))).toEqual(status(200));
    expect(reached).toEqual(['/after']);
  });

  it.each([
    ['x-own', 'a\r\nx-more: 1'],
    ['x-own', 'a\0b'],
    ['x own', '1'],
    ['x-own:', '1'],
  ])('loses a field that HTTP/1.1 could not carry: %j of %j', async (name, value) => {
    const { origin, received } = await open();
    expect(await sendFields(origin, [...pseudoFields(origin), ['x-good', '1'], [name, value]])).toEqual(status(200));
    const names = received.map((one) => one.toLowerCase());
    expect(names).toContain('x-good');
    for (const lost of [name.toLowerCase(), 'x-own', 'x-more']) expect(names).not.toContain(lost);
  });

  it('goes by :authority where Host says something else, and the target hears of no other', async () => {
    const { origin, hosts } = await open();
    expect(await sendFields(origin, [...pseudoFields(origin), ['host', 'other.example']])).toEqual(status(200));
    expect(hosts).toEqual([new URL(origin).host]);
  });
});

describe('a bearer token over HTTP/2', () => {
  it('is in one Authorization field: a second, whatever it says, lets nobody through [A2.9 D, A5.7 R]', async () => {
    issuer = await startTokenIssuer(serverTls);
    rig = await startRig(loadBalancer([httpsListener(rule('default', [issuer.action, forwardAction]))]));
    const { origin } = rig;
    let reached = 0;
    rig.target.handler = (request, response) => {
      reached += 1;
      echo(request, response);
    };
    const exp = Math.floor(Date.now() / 1000) + 600;
    const valid = `Bearer ${tokenOf({ iss: tokenIssuer, exp, sub: 'robot' }, issuer.privateKey)}`;
    const send = (...values: readonly string[]): Promise<RawStreamEnd> =>
      sendFields(origin, [...pseudoFields(origin), ...values.map((value) => ['authorization', value] as const)]);
    expect([await send(valid), reached]).toEqual([status(200), 1]);
    for (const values of [[valid, valid], [valid, 'Bearer x'], ['Bearer x', valid], [valid, ''], ['', valid], []]) {
      expect(await send(...values)).toEqual(status(401));
    }
    expect(reached).toBe(1);
    expect(rig.events.slice(1, -1).map(({ errorReason }) => errorReason)).toEqual(
      Array.from({ length: 5 }, () => 'JWTRequestFormatInvalid'),
    );
  });
});

describe('a request to targets that speak HTTP/2', () => {
  it.each(['range', 'if-match', 'content-type', 'authorization', 'user-agent'])(
    'is answered 400 with two of %s, and never sent on',
    async (name) => {
      target = await startHttp2Target();
      const { url } = target;
      const made = loadBalancer([httpsListener(rule('default', [forwardAction]))]);
      const targetGroups = made.targetGroups.map((group) => ({ ...group, protocolVersion: 'HTTP2' }) as TargetGroup);
      rig = await startRig({ ...made, targetGroups }, { resolveTarget: () => url });
      const { origin } = rig;
      let reached = 0;
      target.handler = (stream) => {
        reached += 1;
        stream.respond({ ':status': 204 }, { endStream: true });
      };
      const fields: readonly Header[] = [...pseudoFields(origin), [name, 'bytes=0-1']];
      expect([await sendFields(origin, fields), reached]).toEqual([status(204), 1]);
      expect(await sendFields(origin, [...fields, [name, 'bytes=2-3']])).toEqual(status(400));
      expect(reached).toBe(1);
    },
  );
});
