import { describe, expect, it } from '@jest/globals';
import { compileRewrite, type Rewriting } from './rewrite.ts';

const url = (regex: string, replace: string, text: string): Rewriting =>
  compileRewrite({ type: 'url-rewrite', regex, replace })(text);
const host = (regex: string, replace: string, text: string): Rewriting =>
  compileRewrite({ type: 'host-header-rewrite', regex, replace })(text);
const rewritten = (text: string): Rewriting => ({ kind: 'rewritten', text });

describe('compileRewrite', () => {
  it('does what the examples of AWS do', () => {
    expect(host('^mywebsite-(.+).com$', 'internal.dev.$1.myweb.com', 'mywebsite-example.com')).toEqual(
      rewritten('internal.dev.example.myweb.com'),
    );
    expect(url('^/dp/([A-Za-z0-9]+)/?$', '/product.php?id=$1', '/dp/B09G3HRMW')).toEqual(
      rewritten('/product.php?id=B09G3HRMW'),
    );
  });

  it.each([
    ['^/a/(.*)$', '/$1', '/a/b?c=d', '/b?c=d'],
    ['/a', '/b', '/a/a', '/b/a'],
    ['b|a', 'x', '/ab', '/xb'],
    ['(a+?)(a*)', '$2-$1', '/aaa', '/aa-a'],
    ['^(/)(x)?', '$1[$2]$0', '/y', '/[]/y'],
    ['^/(a)', '/$10', '/a', '/a0'],
    ['^/(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)$', '/$10$1', '/0123456789', '/90'],
    ['a', '$', '/a', '/$'],
    ['(?i)^/ADMIN', '/x', '/Admin/b', '/x/b'],
    ['$', '!', '/a', '/a!'],
  ])('replaces %s by %s in %s', (regex, replace, text, expected) => {
    expect(url(regex, replace, text)).toEqual(rewritten(expected));
  });

  it('leaves what does not match', () => {
    expect(url('^/a$', '/b', '/a?x')).toEqual({ kind: 'unmatched' });
    expect(url('^/A', '/b', '/a')).toEqual({ kind: 'unmatched' });
  });

  it('reads a host in either case', () => {
    expect(host('^www\\.', '', 'WWW.Example.com')).toEqual(rewritten('Example.com'));
  });

  it('fails for a group that there is not, if it matches', () => {
    expect(url('^/a', '/$1', '/a')).toEqual({ kind: 'failed' });
    expect(url('^/(a)', '/$2', '/a')).toEqual({ kind: 'failed' });
    expect(url('^/a', '/$1', '/b')).toEqual({ kind: 'unmatched' });
  });

  it('does not read what is longer than a request line', () => {
    expect(url('a', 'b', '/'.repeat(16_385))).toEqual({ kind: 'failed' });
  });

  it.each(['(?=a)', '(a)\\1', 'a++', '\\bword'])('refuses %s', (regex) => {
    expect(() => compileRewrite({ type: 'url-rewrite', regex, replace: '' })).toThrow();
  });
});
