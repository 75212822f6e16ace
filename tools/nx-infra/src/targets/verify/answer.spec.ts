import { describe, expect, it } from '@jest/globals';

import { type Answer, destination, header, seen, setCookies } from './answer.ts';

const answer = (status: number, ...headers: Answer['headers']): Answer => ({
  url: new URL('https://app.example.com/a/b'),
  status,
  headers,
  body: '',
});

describe('an answer', () => {
  it('leads where its location says, from where it was asked', () => {
    expect(destination(answer(302, ['location', '/c?x=1']))?.href).toBe('https://app.example.com/c?x=1');
    expect(destination(answer(302, ['location', '//evil.example/c']))?.host).toBe('evil.example');
  });

  it.each([
    ['no redirect', answer(200, ['location', '/c'])],
    ['without a location', answer(302)],
    ['with no address', answer(302, ['location', 'https://['])],
  ])('leads nowhere where it is %s', (_case, given) => {
    expect(destination(given)).toBeUndefined();
  });

  it('is told without the query, which holds the state of a login', () => {
    expect(seen(answer(302, ['location', 'https://pool.example/oauth2/authorize?state=secret']))).toBe(
      '302 to https://pool.example/oauth2/authorize',
    );
    expect(seen(answer(200, ['content-type', 'text/html; charset=utf-8']))).toBe('200 (text/html)');
    expect(seen(answer(401))).toBe('401');
  });

  it('has its cookies one by one', () => {
    const given = answer(200, ['set-cookie', 'a=1=2; Path=/; Secure'], ['set-cookie', 'b=; HttpOnly']);
    expect(setCookies(given)).toEqual([
      { name: 'a', value: '1=2', attributes: ['path=/', 'secure'] },
      { name: 'b', value: '', attributes: ['httponly'] },
    ]);
    expect(header(given, 'set-cookie')).toBe('a=1=2; Path=/; Secure');
  });
});
