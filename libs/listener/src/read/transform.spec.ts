import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { readTransforms } from './transform.ts';

const address = 'aws_lb_listener_rule.one';
const url = { type: 'url-rewrite', url_rewrite_config: { rewrite: { regex: '^/a/(.*)$', replace: '/$1' } } };
const host = {
  type: 'host-header-rewrite',
  host_header_rewrite_config: [{ rewrite: [{ regex: '.*', replace: 'internal.example.com' }] }],
};

describe('readTransforms', () => {
  it('reads both types', () => {
    expect(readTransforms([url, host], address)).toEqual([
      { type: 'url-rewrite', regex: '^/a/(.*)$', replace: '/$1' },
      { type: 'host-header-rewrite', regex: '.*', replace: 'internal.example.com' },
    ]);
  });

  it.each([
    ['another type', { ...url, type: 'query-rewrite' }, 'INVALID_FIELD'],
    ['the block of the other', { ...host, type: 'url-rewrite' }, 'INVALID_FIELD'],
    ['no expression', { type: 'url-rewrite', url_rewrite_config: { rewrite: {} } }, 'INVALID_FIELD'],
    [
      'one of 1025 characters',
      { type: 'url-rewrite', url_rewrite_config: { rewrite: { regex: 'a'.repeat(1025) } } },
      'INVALID_FIELD',
    ],
    [
      'what AWS does not take',
      { type: 'url-rewrite', url_rewrite_config: { rewrite: { regex: '(?=/a)', replace: '/b' } } },
      'INVALID_FIELD',
    ],
    ['an unknown argument', { ...url, order: 1 }, 'UNKNOWN_FIELD'],
  ])('refuses %s', (_, written, code) => {
    expect(thrown(() => readTransforms([written], address))).toMatchObject({ code, address });
  });

  it('refuses two of one type', () => {
    expect(thrown(() => readTransforms([url, url], address)).code).toBe('LIMIT_EXCEEDED');
  });
});
