import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { readCondition } from './condition.ts';

const place = { address: 'aws_lb_listener_rule.one', field: 'condition.0' };

function codeOf(written: Readonly<Record<string, unknown>>): string {
  return thrown(() => readCondition(written, place)).code;
}

const values = (...items: unknown[]) => ({ values: items });

describe('readCondition', () => {
  it.each([
    [{ host_header: values('a.example.com') }, { field: 'host-header', values: ['a.example.com'] }],
    [{ path_pattern: [values('/a', '/b*')] }, { field: 'path-pattern', values: ['/a', '/b*'] }],
    [{ http_request_method: values('GET') }, { field: 'http-request-method', values: ['GET'] }],
    [{ source_ip: values('::/0') }, { field: 'source-ip', values: ['::/0'] }],
    [
      { http_header: [{ http_header_name: 'X-A', values: ['b'] }] },
      { field: 'http-header', name: 'X-A', values: ['b'] },
    ],
    [{ query_string: { key: 'a', value: 'b' } }, { field: 'query-string', values: [{ key: 'a', value: 'b' }] }],
    [{ query_string: [{ key: '', value: 'b' }] }, { field: 'query-string', values: [{ value: 'b' }] }],
  ])('reads %j', (written, expected) => {
    expect(readCondition(written, place)).toEqual(expected);
  });

  it.each(['jwt_claim', 'field', 'constructor', '__proto__x'])('refuses the unknown condition %s', (field) => {
    const error = thrown(() => readCondition({ [field]: values('a') }, place));
    expect(error).toMatchObject({ code: 'UNKNOWN_CONDITION', address: 'aws_lb_listener_rule.one' });
    expect(error.message).toContain(field);
  });

  it('reads regular expressions in place of values', () => {
    expect(readCondition({ path_pattern: { regex_values: ['^/a'] } }, place)).toEqual({
      field: 'path-pattern',
      values: [],
      regexValues: ['^/a'],
    });
    expect(readCondition({ http_header: { http_header_name: 'X-A', regex_values: ['b+', 'c'] } }, place)).toMatchObject(
      { name: 'X-A', regexValues: ['b+', 'c'] },
    );
  });

  it.each([
    [{ path_pattern: { values: ['/a'], regex_values: ['^/a'] } }, 'INVALID_FIELD'],
    [{ path_pattern: { regex_values: ['^/(?=a)'] } }, 'INVALID_FIELD'],
    [{ path_pattern: { regex_values: ['('] } }, 'INVALID_FIELD'],
    [{ path_pattern: { regex_values: ['a'.repeat(129)] } }, 'INVALID_FIELD'],
    [{ path_pattern: { regex_values: '${var.regex}' } }, 'UNRESOLVED_VALUE'],
    [{ path_pattern: { glob_values: ['/a'], values: ['/a'] } }, 'UNKNOWN_FIELD'],
    [{ http_request_method: { regex_values: ['GET'] } }, 'INVALID_FIELD'],
    [{ source_ip: { values: '${var.office}' } }, 'UNRESOLVED_VALUE'],
  ])('refuses %j', (written, code) => {
    expect(codeOf(written)).toBe(code);
  });

  it('refuses none, and two in one block', () => {
    expect(codeOf({})).toBe('INVALID_FIELD');
    expect(codeOf({ path_pattern: values('/a'), host_header: values('a.b') })).toBe('INVALID_FIELD');
  });

  it('refuses a value that is not known yet', () => {
    expect(codeOf({ host_header: values('${var.domain}') })).toBe('UNRESOLVED_VALUE');
    expect(codeOf({ query_string: [{ key: '${var.key}', value: 'a' }] })).toBe('UNRESOLVED_VALUE');
  });

  it.each([
    [
      'host_header',
      ['localhost', 'a.example.', 'a.exa_mple', 'a.b*', 'a b.com', '', `${'a'.repeat(125)}.com`, 'é.com'],
    ],
    ['path_pattern', ['/a b', '/%2f', '/a?b=é', '', `/${'a'.repeat(128)}`, '/a\\*', '/{a}']],
    ['http_request_method', ['get', 'G*', '', 'A'.repeat(41), 'GET ']],
    [
      'source_ip',
      ['192.0.2.1', '192.0.2.0/33', '::/129', '255.255.255.255/32', 'a/8', '10.0.0.0/8/8', '::1%eth0/64', ''],
    ],
  ])('refuses what AWS refuses of %s', (field, refused) => {
    expect(refused.map((value) => [value, codeOf({ [field]: values(value) })])).toEqual(
      refused.map((value) => [value, 'INVALID_FIELD']),
    );
    expect(codeOf({ [field]: values() })).toBe('INVALID_FIELD');
  });

  it.each(['Host', 'HOST', 'X-*', 'X A', '', 'X'.repeat(41), 'x:y'])('refuses %j as the name of a header', (name) => {
    expect(codeOf({ http_header: { http_header_name: name, values: ['a'] } })).toBe('INVALID_FIELD');
  });
});
