import { describe, expect, it } from '@jest/globals';

import { classify, type DesyncMitigation, mitigate } from './desync.ts';
import { type Echo } from './testdata/fake-target.ts';
import { forwardAction, httpListener, loadBalancer, rule } from './testdata/load-balancer.ts';
import { rawStatus, sendRaw } from './testdata/raw-client.ts';
import { startRig } from './testdata/rig.ts';

describe('classify', () => {
  it.each([
    ['GET', 'Accept', '*/*', undefined],
    ['POST', 'Content-Length', '0', undefined],
    ['GET', 'Content-Length', '0', 'Acceptable GetHeadZeroContentLength'],
    ['HEAD', 'content-length', '3', 'Ambiguous UndefinedContentLengthSemantics'],
    ['GET', 'Transfer-Encoding', 'chunked', 'Ambiguous UndefinedTransferEncodingSemantics'],
    ['POST', 'Transfer_Encoding', 'chunked', 'Ambiguous SuspiciousHeader'],
    ['POST', 'content.length', '3', 'Ambiguous SuspiciousHeader'],
    ['GET', 'X-A', 'caf\u00e9', 'Acceptable NonCompliantHeader'],
    ['GET', 'X-A', 'a\tb', undefined],
  ])('%s with %s: %s [A4.2 D]', (method, name, value, expected) => {
    const found = classify({ method, headers: [[name, value]] });
    expect(found === undefined ? undefined : `${found.classification} ${found.reason}`).toBe(expected);
  });

  it('takes the worst of several', () => {
    const headers = [
      ['Content-Length', '3'],
      ['X-A', '\u00e9'],
    ] as const;
    expect(classify({ method: 'GET', headers })?.classification).toBe('Ambiguous');
  });
});

describe('mitigate', () => {
  const acceptable = { classification: 'Acceptable', reason: 'NonCompliantHeader' } as const;
  const ambiguous = { classification: 'Ambiguous', reason: 'SuspiciousHeader' } as const;
  it.each<[DesyncMitigation, string, string, string]>([
    ['monitor', 'route', 'route', 'route'],
    ['defensive', 'route', 'route', 'route-and-close'],
    ['strictest', 'route', 'refuse', 'refuse'],
  ])('%s [A4.1 D]', (mode, ...expected) => {
    expect([undefined, acceptable, ambiguous].map((found) => mitigate(mode, found))).toEqual(expected);
  });
});

describe('a running listener', () => {
  const open = loadBalancer([httpListener(rule('default', [forwardAction]))]);
  const twice = (header: string): string =>
    `GET /1 HTTP/1.1\r\nHost: a\r\n${header}\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;

  it.each<[DesyncMitigation, readonly number[]]>([
    ['monitor', [200, 200]],
    ['defensive', [200]],
    ['strictest', [400, 200]],
  ])('with %s meets what is ambiguous, and logs its class [A4.1 D, A4.2 D]', async (desyncMitigation, statuses) => {
    const lines: string[] = [];
    const mode = { ...open, attributes: { ...open.attributes, desyncMitigation } };
    const rig = await startRig(mode, { accessLog: (line) => lines.push(line) });
    const answer = await sendRaw(rig.origin, twice('Transfer_Encoding: identity'));
    expect([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))).toEqual(statuses);
    expect(lines[0]).toContain('"Ambiguous" "SuspiciousHeader"');
    expect(rig.alb.counts['DesyncMitigationMode_NonCompliant_Request_Count']).toBe(1);
    await rig.stop();
  });

  it('with defensive lets what is acceptable pass on a connection that goes on [A4.1 D]', async () => {
    const rig = await startRig(open);
    const answer = await sendRaw(rig.origin, twice('Content-Length: 0'));
    expect(rawStatus(answer)).toBe(200);
    expect((JSON.parse(/\{.*\}$/m.exec(answer)?.[0] ?? '{}') as Partial<Echo>).method).toBe('GET');
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    await rig.stop();
  });
});
