import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { readRequest, splitTarget } from './read-request.ts';

function message(properties: Partial<IncomingMessage>, body = ''): IncomingMessage {
  const incoming = Object.assign(new IncomingMessage(new Socket()), properties);
  incoming.push(body);
  incoming.push(null);
  return incoming;
}

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };

describe('readRequest', () => {
  it('takes a form apart, and leaves the query as it is', async () => {
    const request = await readRequest(
      message(
        { method: 'POST', url: '/login?state=a%2Bb', headers: { ...form, cookie: 'a=1', host: 'h' } },
        'p=x+y%26',
      ),
    );
    expect(request).toMatchObject({
      method: 'POST',
      path: '/login',
      query: 'state=a%2Bb',
      host: 'h',
      origin: undefined,
    });
    expect(request?.cookies.get('a')).toBe('1');
    expect(request?.form?.get('p')).toBe('x y&');
  });

  it('reads no body of GET', async () => {
    expect((await readRequest(message({ method: 'GET', url: '/', headers: form }, 'p=1')))?.form).toBeUndefined();
  });

  it.each([
    ['a form of another type', { 'content-type': 'multipart/form-data; boundary=x' }, 'p=1'],
    ['a form of no type', {}, 'p=1'],
    ['a form that is too large', form, 'x'.repeat(16_385)],
  ])('refuses %s', async (_, headers, body) => {
    expect(await readRequest(message({ method: 'POST', url: '/', headers }, body))).toBeUndefined();
  });
});

it.each([
  ['/login', '/login', ''],
  ['/login?', '/login', ''],
  ['/login?a=?&b', '/login', 'a=?&b'],
])('splits %s', (target, path, query) => {
  expect(splitTarget(target)).toEqual({ path, query });
});
