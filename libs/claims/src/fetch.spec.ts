import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHttpsFetch, fetchFailure } from './fetch.ts';
import { type KeyHost, startKeyHost } from './testdata/key-host.ts';

const LIMITS = { maxBytes: 1000, timeoutMs: 2000 };
let host: KeyHost;
let asked: string[] = [];

beforeAll(async () => {
  host = await startKeyHost((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/key') response.end('a key');
    else if (request.url === '/full') response.end('x'.repeat(1000));
    else if (request.url === '/redirect') response.writeHead(302, { location: '/key' }).end();
    else if (request.url === '/huge') response.end('x'.repeat(200_000));
    else if (request.url === '/endless') {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    } else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    } else if (request.url !== '/silent') response.writeHead(403).end('AccessDenied');
  });
});
afterAll(() => host.close());

describe('createHttpsFetch', () => {
  const fetch = (path: string, limits = LIMITS) => createHttpsFetch({ ca: host.ca })(host.url + path, limits);

  it('answers what the host answered, up to the limit', async () => {
    await expect(fetch('/key')).resolves.toEqual({ status: 200, body: 'a key' });
    await expect(fetch('/other')).resolves.toEqual({ status: 403, body: 'AccessDenied' });
    await expect(fetch('/full')).resolves.toMatchObject({ status: 200 });
  });

  it('does not go where a redirect points', async () => {
    asked = [];
    await expect(fetch('/redirect')).resolves.toEqual({ status: 302, body: '' });
    expect(asked).toEqual(['/redirect']);
  });

  it('stops reading a body that is too long', async () => {
    await expect(fetch('/huge')).rejects.toThrow('more than 1000 bytes came');
  });

  it.each(['/silent', '/endless'])('gives up on %s in time', async (path) => {
    const started = Date.now();
    await expect(fetch(path, { maxBytes: 1_000_000, timeoutMs: 200 })).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('takes half an answer for none', async () => {
    await expect(fetch('/cut')).rejects.toThrow();
  });

  it('does not trust a host without a trusted certificate', async () => {
    await expect(createHttpsFetch()(`${host.url}/key`, LIMITS)).rejects.toThrow(/self-signed certificate/);
  });

  it('does not speak plain HTTP', async () => {
    const attempt = async () => createHttpsFetch()(host.url.replace('https:', 'http:'), LIMITS);
    await expect(attempt()).rejects.toThrow(/Protocol "http:" not supported/);
  });
});

describe('fetchFailure', () => {
  it('says why in words', () => {
    expect(fetchFailure(new Error('socket hang up'))).toBe('socket hang up');
    expect(fetchFailure(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
    expect(fetchFailure(new AggregateError([]))).toBe('AggregateError');
    expect(fetchFailure('x')).toBe('it failed');
  });
});
