import { describe, expect, it } from '@jest/globals';
import { request } from '../testdata/requests.ts';
import { requestLine, sentence } from './sentence.ts';

const https = { protocol: 'HTTPS', port: 443 } as const;

describe('requestLine', () => {
  it.each([
    [{}, https, false, 'GET https://app.example.com/'],
    [{ method: 'POST', path: '/a', query: 'b=c' }, https, false, 'POST https://app.example.com/a?b=c'],
    [{}, { protocol: 'HTTPS', port: 8443 }, false, 'GET https://app.example.com:8443/'],
    [{}, { protocol: 'HTTP', port: 80 }, true, 'GET http://app.example.com/ from 192.0.2.1'],
    [
      {
        headers: [
          ['x-a', '1'],
          ['x-b', '2'],
        ],
      },
      https,
      false,
      'GET https://app.example.com/ with x-a: 1 and x-b: 2',
    ],
  ] as const)('of %j on %j: %s %s', (changes, listener, source, expected) => {
    expect(requestLine(request(changes), listener, source)).toBe(expected);
  });
});

describe('sentence', () => {
  it('says what was, what is, and why', () => {
    const none = { login: { kind: 'none' } } as const;
    const forward = { outcome: { kind: 'forward', targetGroups: [], transforms: [] } } as const;
    expect(sentence('GET /', { ...none, outcome: { kind: 'no-listener' } }, { ...none, ...forward }, 'it is new')).toBe(
      'GET /: no listener before, open after; it is new',
    );
  });
});
