import { describe, expect, it } from '@jest/globals';
import { type Condition, type ListenerRequest } from '../model.ts';
import { request } from '../testdata/requests.ts';
import { compileCondition } from './condition.ts';
import { RequestView } from './request-view.ts';

function meets(condition: Condition, changes: Partial<ListenerRequest>): boolean {
  return compileCondition(condition, 'rule')(new RequestView(request(changes)));
}

describe('host-header', () => {
  const condition: Condition = { field: 'host-header', values: ['*.Example.com', 'shop.test'] };
  it.each([
    ['a.example.com', true],
    ['A.EXAMPLE.COM', true],
    ['a.b.example.com', true],
    ['example.com', false],
    ['SHOP.test', true],
    ['shop.test.', false],
    ['shopxtest', false],
    ['', false],
  ])('%s: %s', (host, expected) => {
    expect(meets(condition, { host })).toBe(expected);
  });
});

describe('path-pattern', () => {
  const condition: Condition = { field: 'path-pattern', values: ['/Admin/*', '/exact', '*.png'] };
  it.each([
    ['/Admin/', true],
    ['/Admin/x/y', true],
    ['/Admin', false],
    ['/admin/x', false],
    ['/exact', true],
    ['/exact/', false],
    ['/exac%74', false],
    ['//exact', false],
    ['/x/../exact', false],
    ['/a/b.png', true],
  ])('%s: %s', (path, expected) => {
    expect(meets(condition, { path })).toBe(expected);
  });

  it('never looks at the query', () => {
    expect(meets({ field: 'path-pattern', values: ['*secret*'] }, { path: '/', query: 'secret' })).toBe(false);
  });

  it('is not met by a path with characters outside visible ASCII, even by *', () => {
    expect(meets({ field: 'path-pattern', values: ['*'] }, { path: '/\u00e9' })).toBe(false);
  });
});

describe('http-header', () => {
  const condition: Condition = { field: 'http-header', name: 'X-Client', values: ['Mobile*', 'tv'] };
  it.each([
    [[['x-client', 'MOBILE/1']], true],
    [[['X-CLIENT', 'TV']], true],
    [[['x-client', 'desktop']], false],
    [
      [
        ['x-client', 'desktop'],
        ['X-Client', 'tv'],
      ],
      true,
    ],
    [[['x-client-2', 'tv']], false],
    [[], false],
  ] as const)('%j: %s', (headers, expected) => {
    expect(meets(condition, { headers })).toBe(expected);
  });

  it('is not met by an absent header, even by *', () => {
    expect(meets({ field: 'http-header', name: 'x', values: ['*'] }, { headers: [['y', '']] })).toBe(false);
  });
});

describe('http-request-method', () => {
  it.each([
    ['GET', true],
    ['HEAD', true],
    ['get', false],
    ['GETS', false],
    ['POST', false],
  ])('%s: %s', (method, expected) => {
    expect(meets({ field: 'http-request-method', values: ['GET', 'HEAD'] }, { method })).toBe(expected);
  });
});

describe('query-string', () => {
  const condition: Condition = {
    field: 'query-string',
    values: [{ key: 'Version', value: 'V?' }, { value: '*example*' }, { key: 'star', value: '\\*' }],
  };
  it.each([
    ['version=v1', true],
    ['VERSION=V2', true],
    ['version=v12', false],
    ['a=1&version=v1', true],
    ['x=v1', false],
    ['anything=an-example-here', true],
    ['example', false],
    ['star=*', true],
    ['star=x', false],
    ['', false],
    ['version=v%31', false],
  ])('%s: %s', (query, expected) => {
    expect(meets(condition, { query })).toBe(expected);
  });

  it('does not take the key of one pair and the value of another', () => {
    expect(meets({ field: 'query-string', values: [{ key: 'a', value: '1' }] }, { query: 'a=2&b=1' })).toBe(false);
  });

  it('knows wildcards in keys', () => {
    expect(meets({ field: 'query-string', values: [{ key: 'utm_*', value: '*' }] }, { query: 'utm_source=x' })).toBe(
      true,
    );
  });
});

describe('source-ip', () => {
  const condition: Condition = { field: 'source-ip', values: ['192.0.2.0/24', '2001:db8::/32'] };
  it.each([
    ['192.0.2.9', true],
    ['2001:db8::9', true],
    ['198.51.100.9', false],
  ])('%s: %s', (sourceIp, expected) => {
    expect(meets(condition, { sourceIp })).toBe(expected);
  });

  it('does not believe X-Forwarded-For', () => {
    expect(meets(condition, { sourceIp: '198.51.100.9', headers: [['x-forwarded-for', '192.0.2.9']] })).toBe(false);
  });
});
