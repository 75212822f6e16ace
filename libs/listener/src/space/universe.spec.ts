import { describe, expect, it } from '@jest/globals';
import { universeOf } from './universe.ts';

const holds = (part: Parameters<typeof universeOf>[0], text: string) =>
  (['ordinary', 'any'] as const).map((reach) => universeOf(part, reach).accepts(text));

describe('universeOf', () => {
  it.each([
    ['host', 'app.example.com', [true, true]],
    ['host', 'a_b.x-y.org', [true, true]],
    ['host', 'localhost', [false, true]],
    ['host', '-a.com', [false, true]],
    ['host', 'a!b.com', [false, true]],
    ['host', '192.0.2.1', [false, true]],
    ['host', '', [false, false]],
    ['host', 'a/b.com', [false, false]],
    ['host', 'a b.com', [false, false]],
    ['path', '/', [true, true]],
    ['path', '/a/%2f', [false, true]],
    ['path', '/a#b', [false, true]],
    ['path', '/a?b', [false, false]],
    ['path', '/a b', [false, false]],
    ['path', 'a', [false, false]],
    ['path', '', [false, false]],
    ['query', 'a', [true, true]],
    ['query', 'a=b=c', [true, true]],
    ['query', '=b', [false, true]],
    ['query', 'a=#', [false, true]],
    ['query', '', [false, false]],
    ['query', 'a&b', [false, false]],
    ['header', '', [true, true]],
    ['header', 'a b', [true, true]],
    ['header', ' a', [false, false]],
    ['header', 'a ', [false, false]],
  ] as const)('of a %s, %j: %j', (part, text, expected) => {
    expect(holds(part, text)).toEqual(expected);
  });
});
