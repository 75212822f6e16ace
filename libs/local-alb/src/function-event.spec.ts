import { describe, expect, it } from '@jest/globals';

import { type Header } from './alb-request.ts';
import { functionEvent, healthCheckEvent } from './function-event.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/fn/0123456789abcdef';
const single = { arn, lambda: { multiValueHeaders: false } };
const multiple = { arn, lambda: { multiValueHeaders: true } };

const request = (changes: {
  readonly query?: string;
  readonly headers?: readonly Header[];
  readonly body?: string | Buffer;
}) => ({ method: 'POST', path: '/a%20b', query: '', headers: [], ...changes, body: Buffer.from(changes.body ?? '') });

describe('functionEvent', () => {
  it('has the last of what comes several times, by lower-case names, and nothing decoded [A2.15 D]', () => {
    const headers: readonly Header[] = [
      ['Accept', 'a'],
      ['accept', 'b'],
    ];
    expect(functionEvent(request({ query: 'x=1&y&x=%32&=e&z==', headers }), single)).toEqual({
      requestContext: { elb: { targetGroupArn: arn } },
      httpMethod: 'POST',
      path: '/a%20b',
      queryStringParameters: { x: '%32', y: '', '': 'e', z: '=' },
      headers: { accept: 'b' },
      body: '',
      isBase64Encoded: false,
    });
  });

  it('has all values where the group wants lists', () => {
    const headers: readonly Header[] = [
      ['Accept', 'a'],
      ['accept', 'b'],
    ];
    const event = functionEvent(request({ query: 'x=1&x=2', headers }), multiple);
    expect(event).toMatchObject({
      multiValueQueryStringParameters: { x: ['1', '2'] },
      multiValueHeaders: { accept: ['a', 'b'] },
    });
    expect(event).not.toHaveProperty('headers');
    expect(event).not.toHaveProperty('queryStringParameters');
  });

  it.each<[string, readonly Header[], boolean]>([
    ['text/html', [['content-type', 'text/html; charset=utf-8']], true],
    ['JSON', [['Content-Type', 'application/json;charset=utf-8']], true],
    ['JavaScript', [['content-type', 'application/javascript']], true],
    ['XML', [['content-type', 'application/xml']], true],
    ['another type of JSON', [['content-type', 'application/json+ld']], false],
    ['a form', [['content-type', 'application/x-www-form-urlencoded']], false],
    ['no type', [], false],
    [
      'compressed text',
      [
        ['content-type', 'text/plain'],
        ['content-encoding', 'gzip'],
      ],
      false,
    ],
  ])('hands on %s as it should [A2.14 D]', (_, headers, asText) => {
    expect(functionEvent(request({ headers, body: 'grüße' }), single)).toMatchObject(
      asText
        ? { body: 'grüße', isBase64Encoded: false }
        : { body: Buffer.from('grüße').toString('base64'), isBase64Encoded: true },
    );
  });

  it('reads headers as UTF-8, and is none where they, or a text, are not', () => {
    const latin1 = (text: string): string => Buffer.from(text).toString('latin1');
    expect(functionEvent(request({ headers: [['x-name', latin1('Zoë')]] }), single)).toMatchObject({
      headers: { 'x-name': 'Zoë' },
    });
    expect(functionEvent(request({ headers: [['x-name', 'Zo\xeb']] }), single)).toBeUndefined();
    const text: readonly Header[] = [['content-type', 'text/plain']];
    expect(functionEvent(request({ headers: text, body: Buffer.from([0xff]) }), single)).toBeUndefined();
    expect(functionEvent(request({ body: Buffer.from([0xff]) }), single)).toMatchObject({ body: '/w==' });
  });

  it('keeps a parameter that is called like what all objects have', () => {
    const event = functionEvent(request({ query: '__proto__=1', headers: [['__proto__', 'x']] }), single);
    expect(JSON.stringify(event)).toContain('"queryStringParameters":{"__proto__":"1"},"headers":{"__proto__":"x"}');
  });

  it('is one of the load balancer itself for a health check', () => {
    expect(healthCheckEvent('/up', single)).toEqual({
      requestContext: { elb: { targetGroupArn: arn } },
      httpMethod: 'GET',
      path: '/up',
      queryStringParameters: {},
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      body: '',
      isBase64Encoded: false,
    });
  });
});
