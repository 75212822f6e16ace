import { describe, expect, it } from '@jest/globals';

import { type Answer } from '../answer.ts';
import { cachingFindings, cookieFindings, headerFindings, hstsFinding, softwareFindings } from './page.ts';

const answer = (...headers: Answer['headers']): Answer => ({
  url: new URL('https://app.example.com/a'),
  status: 200,
  headers,
  body: '',
});

describe('HSTS', () => {
  it.each([
    ['max-age=15552000', 'ok'],
    ['includeSubDomains; max-age="31536000"', 'ok'],
    ['max-age=15551999', 'warning'],
    ['max-age=0', 'failed'],
    ['nonsense', 'failed'],
  ])('%s: %s', (value, state) => {
    expect(hstsFinding('/a', answer(['strict-transport-security', value])).state).toBe(state);
  });
});

describe('page headers', () => {
  it('may forbid framing in either way', () => {
    const rest = [
      ['x-content-type-options', 'nosniff'],
      ['referrer-policy', 'same-origin'],
    ] as const;
    const states = (given: Answer): readonly string[] => headerFindings('/a', given).map(({ state }) => state);
    expect(states(answer(...rest, ['content-security-policy', "frame-ancestors 'none'"]))).toEqual(['ok']);
    expect(
      states(answer(...rest, ['content-security-policy', "default-src 'none'"], ['x-frame-options', 'DENY'])),
    ).toEqual(['ok']);
    expect(states(answer(...rest, ['content-security-policy', "default-src 'none'"]))).toEqual(['warning']);
  });
});

describe('cookies', () => {
  it('of the application need both flags; those of the load balancer are as AWS makes them', () => {
    const states = (cookie: string): readonly string[] =>
      cookieFindings('/a', answer(['set-cookie', cookie])).map(({ state }) => state);
    expect(states('a=1; secure; HTTPONLY')).toEqual(['ok']);
    expect(states('a=1; Secure')).toEqual(['failed']);
    expect(states('a=secure; HttpOnly')).toEqual(['failed']);
    expect(states('AWSALBTG=1; Path=/')).toEqual(['ok']);
  });

  it('are not quoted', () => {
    expect(JSON.stringify(cookieFindings('/a', answer(['set-cookie', 'a=value-of-it'])))).not.toContain('value-of-it');
  });
});

describe('caching', () => {
  it.each([
    ['no-store', 'ok'],
    ['private, max-age=0', 'ok'],
    ['no-store, max-age=60', 'ok'],
    ['public', 'failed'],
    ['max-age=60', 'failed'],
    ['s-maxage=60', 'failed'],
  ])('%s: %s', (value, state) => {
    expect(cachingFindings('/', answer(['cache-control', value]), 'login').map((each) => each.state)).toEqual([state]);
  });
});

describe('software', () => {
  it.each([
    ['server', 'awselb/2.0', 'ok'],
    ['server', 'nginx', 'ok'],
    ['server', 'Apache/2.4.1', 'warning'],
    ['x-powered-by', 'Express', 'warning'],
  ])('%s: %s is %s', (name, value, state) => {
    expect(softwareFindings([answer([name, value])]).map((each) => each.state)).toEqual([state]);
  });
});
