import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Automaton } from './automaton.ts';
import { expressionOfRegex, RegexError } from './from-regex.ts';

const accepts = (regex: string, text: string): boolean =>
  new Automaton(expressionOfRegex(regex, 'sensitive')).accepts(text);

describe('expressionOfRegex', () => {
  it.each([
    ['^/a$', '/a', true],
    ['^/a$', '/ab', false],
    ['^/a', '/ab', true],
    ['a', 'xay', true],
    ['^/(?:api|v\\d+)/.*$', '/v12/x', true],
    ['^/(?:api|v\\d+)/.*$', '/v/x', false],
    ['^[^/]+\\.(png|jpg)$', 'a.png', true],
    ['^[^/]+\\.(png|jpg)$', 'a/b.png', false],
    ['^a{2,3}$', 'aaaa', false],
    ['^a{2,}$', 'aaaa', true],
    ['^a|b$', 'axx', true],
    ['^(?<name>a)$', 'a', true],
    ['^[a\\-z]$', '-', true],
    ['^[]a]$', ']', true],
    ['^[a-]$', '-', true],
    ['^[\\d-]$', '-', true],
    ['^[a-a]$', 'a', true],
    ['^[[:alpha:]_]+$', 'Ab_', true],
    ['^\\x2f$', '/', true],
    ['^\\$$', '$', true],
    ['^a??b+?$', 'bb', true],
    ['\\Aa\\z', 'a', true],
    ['(?i)^ABC$', 'abc', true],
    ['', 'anything', true],
  ])('%s of %s: %s', (regex, text, expected) => {
    expect(accepts(regex, text)).toBe(expected);
  });

  it.each([
    '(?=a)',
    '(?!a)',
    '(?<=a)',
    '(?>a)',
    'a++',
    'a*+',
    '(a)\\1',
    '\\p{L}',
    '\\bword',
    'a(^b)',
    '(a$)b',
    'a^',
    '(',
    ')',
    '[a',
    '[b-a]',
    '[\\d-\\d]',
    '[\\s-z]',
    '[ -\\s]',
    '[[:digit:]-z]',
    '*a',
    'a**',
    'a{3,2}',
    'a{2000}',
    '((a{500}){500})',
    'é',
    '\\',
    '('.repeat(40),
  ])('refuses %s rather than read it wrongly', (regex) => {
    expect(() => expressionOfRegex(regex, 'sensitive')).toThrow(RegexError);
  });

  it('speaks of lower-case texts where case makes no difference', () => {
    const automaton = new Automaton(expressionOfRegex('^[A-Z]+\\.Example$', 'insensitive'));
    expect([automaton.accepts('abc.example'), automaton.accepts('1.example')]).toEqual([true, false]);
  });

  it("is what JavaScript's engine makes of it", () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(?:ab)', '\\.', '(a|)');
    const element = fc
      .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?'))
      .map((parts) => parts.join(''));
    const branch = fc.tuple(fc.constantFrom('', '^'), fc.array(element, { maxLength: 4 }), fc.constantFrom('', '$'));
    const regex = fc
      .array(branch, { minLength: 1, maxLength: 2 })
      .map((branches) => branches.map(([begin, parts, end]) => `${begin}${parts.join('')}${end}`).join('|'));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 6 });
    fc.assert(
      fc.property(regex, fc.array(text, { maxLength: 10 }), (written, texts) => {
        const automaton = new Automaton(expressionOfRegex(written, 'sensitive'));
        expect(texts.map((one) => automaton.accepts(one))).toEqual(texts.map((one) => new RegExp(written).test(one)));
      }),
      { numRuns: 3000 },
    );
  });
});
