import { type RedirectAction } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';

import { type AlbRequest } from './alb-request.ts';
import { redirectLocation } from './redirect.ts';

const action: RedirectAction = {
  type: 'redirect',
  statusCode: 301,
  protocol: '#{protocol}',
  host: '#{host}',
  port: '#{port}',
  path: '/#{path}',
  query: '#{query}',
};
const request: AlbRequest = {
  method: 'GET',
  scheme: 'http',
  listenerPort: 8080,
  authority: 'app.localhost:8080',
  host: 'app.localhost',
  target: '/a/b?c=d',
  path: '/a/b',
  query: 'c=d',
  headers: [],
  sourceIp: '127.0.0.1',
  sourcePort: 40_000,
};

describe('redirectLocation', () => {
  it.each<[string, Partial<RedirectAction>, Partial<AlbRequest>, string]>([
    ['to HTTPS', { protocol: 'HTTPS', port: '8443' }, {}, 'https://app.localhost:8443/a/b?c=d'],
    ['without a query', { protocol: 'HTTPS', port: '443' }, { query: '' }, 'https://app.localhost:443/a/b'],
    [
      'elsewhere',
      { host: 'www.#{host}', path: '/new/#{path}', query: 'from=#{path}&#{query}' },
      {},
      'http://www.app.localhost:8080/new/a/b?from=a/b&c=d',
    ],
    ['with the root path', { path: '/#{path}' }, { path: '/', query: '' }, 'http://app.localhost:8080/'],
  ])('goes %s [A2.4 D]', (_, change, requestChange, expected) => {
    expect(redirectLocation({ ...action, ...change }, { ...request, ...requestChange })).toBe(expected);
  });

  it('encodes nothing again [A2.5 D]', () => {
    const encoded = { path: '/a%2Fb', query: 'q=%C3%A9&r=a+b' };
    expect(redirectLocation(action, { ...request, ...encoded })).toContain('/a%2Fb?q=%C3%A9&r=a+b');
  });

  it('does not fill in what a client wrote as a placeholder', () => {
    const path = '/#{host}';
    expect(redirectLocation({ ...action, query: '' }, { ...request, path })).toBe('http://app.localhost:8080/#{host}');
  });
});
