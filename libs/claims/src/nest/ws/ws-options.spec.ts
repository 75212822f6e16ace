import { describe, expect, it } from '@jest/globals';
import { checkWsOptions, type ClaimsWsOptions } from './ws-options.ts';

const ORIGIN = 'https://app.example.com';
const check = (options: object): unknown => checkWsOptions({ allowedOrigins: [ORIGIN], ...options });

describe('checkWsOptions', () => {
  it('fills in what was left out', () => {
    expect(check({})).toEqual({ allowedOrigins: [ORIGIN], maxAgeSeconds: null, pollSeconds: 30 });
  });

  it('takes null for off', () => {
    expect(check({ pollSeconds: null, maxAgeSeconds: 3600 })).toMatchObject({ pollSeconds: null, maxAgeSeconds: 3600 });
  });

  it.each([
    undefined,
    [],
    ORIGIN,
    ['*'],
    [undefined],
    ['null'],
    ['https://app.example.com/'],
    ['https://App.example.com'],
    ['https://app.example.com:443'],
    ['https://app.example.com/path'],
    ['http://app.example.com'],
    [ORIGIN, 'https://*.example.com/'],
  ])('refuses %p as allowed origins, and shows a right value', (allowedOrigins) => {
    const attempt = (): unknown => check({ allowedOrigins });
    expect(attempt).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
    expect(attempt).toThrow(/allowedOrigins .*\['https:\/\/app\.example\.com'\]/);
  });

  it.each([0, -1, NaN, Infinity, 86_401, '60'])('refuses %p as a number of seconds', (value) => {
    for (const name of ['maxAgeSeconds', 'pollSeconds']) expect(() => check({ [name]: value })).toThrow(name);
  });

  it('does not compile without origins', () => {
    // @ts-expect-error: any site could talk as its visitor
    const forgotten: ClaimsWsOptions = { pollSeconds: 5 };
    expect(() => checkWsOptions(forgotten)).toThrow('allowedOrigins');
  });
});
