import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { readRedirect } from './redirect.ts';

const place = { address: 'aws_lb_listener.http', field: 'default_action.0.redirect' };

describe('readRedirect', () => {
  it('keeps of the request what is not given', () => {
    expect(readRedirect({ status_code: 'HTTP_302', protocol: 'HTTPS' }, 'HTTP', place)).toEqual({
      type: 'redirect',
      statusCode: 302,
      protocol: 'HTTPS',
      host: '#{host}',
      port: '#{port}',
      path: '/#{path}',
      query: '#{query}',
    });
  });

  it('reads the block as an object and as a list of one', () => {
    const written = {
      status_code: 'HTTP_301',
      host: 'www.#{host}',
      path: '/#{host}/#{path}',
      query: 'from=#{protocol}',
    };
    expect(readRedirect([written], 'HTTPS', place)).toEqual(readRedirect(written, 'HTTPS', place));
  });

  it.each([
    ['to the clear', { protocol: 'HTTP' }, 'HTTPS'],
    ['to itself', {}, 'HTTPS'],
    ['to itself, spelt out', { protocol: 'HTTPS', host: '#{host}', port: '#{port}', path: '/#{path}' }, 'HTTPS'],
    ['to itself but for the query', { query: 'a=b' }, 'HTTP'],
  ] as const)('refuses a redirect %s', (_, written, protocol) => {
    const error = thrown(() => readRedirect({ status_code: 'HTTP_301', ...written }, protocol, place));
    expect(error).toMatchObject({ code: 'INVALID_REDIRECT', address: 'aws_lb_listener.http' });
  });

  it.each([
    { status_code: 'HTTP_303' },
    { status_code: 301 },
    { protocol: 'https' },
    { protocol: '#{host}' },
    { host: '' },
    { host: '#{path}.example.com' },
    { host: 'a\r\nSet-Cookie: b' },
    { port: '0' },
    { port: '65536' },
    { port: '443 ' },
    { path: 'a' },
    { path: '/#{query}' },
    { path: '/#{path' },
    { path: `/${'a'.repeat(128)}` },
    { query: '?a=b' },
    { query: '#{fragment}' },
  ])('refuses %j', (written) => {
    const redirect = { status_code: 'HTTP_301', host: 'example.com', ...written };
    expect(thrown(() => readRedirect(redirect, 'HTTPS', place)).code).toBe('INVALID_FIELD');
  });

  it('refuses a part that is not known yet, and an unknown part', () => {
    const reading = (written: object) => () => readRedirect({ status_code: 'HTTP_301', ...written }, 'HTTPS', place);
    expect(thrown(reading({ host: '${var.domain}' })).code).toBe('UNRESOLVED_VALUE');
    expect(thrown(reading({ host: 'a.b', fragment: 'x' })).code).toBe('UNKNOWN_FIELD');
  });
});
