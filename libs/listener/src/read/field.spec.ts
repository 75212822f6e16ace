import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { thrown } from '../testdata/thrown.ts';
import { block, blocks, flag, integer, isUnresolved, literal, parse } from './field.ts';

const place = { address: 'aws_lb.alb', field: 'outer' };

describe('isUnresolved', () => {
  it.each([
    ['${aws_lb.alb.arn}', true],
    ['a-${var.name}-b', true],
    ['%{if true}a%{endif}', true],
    ['$${literal}', false],
    ['%%{literal}', false],
    ['#{host}', false],
    ['$/~', false],
  ])('%s: %s', (text, expected) => {
    expect(isUnresolved(text)).toBe(expected);
  });
});

describe('literal', () => {
  it("takes Terraform's escapes for what they stand for", () => {
    expect(parse(literal, 'a $${b} %%{c}', place)).toBe('a ${b} %{c}');
  });

  it('refuses a reference, and says where', () => {
    const error = thrown(() => parse(z.strictObject({ a: z.array(literal) }), { a: ['x', '${var.b}'] }, place));
    expect(error).toMatchObject({ code: 'UNRESOLVED_VALUE', address: 'aws_lb.alb' });
    expect(error.message).toMatch(/^aws_lb\.alb, outer\.a\.1: .*\$\{var\.b\}/);
  });
});

describe('integer', () => {
  it.each([
    [1, 1],
    ['10', 10],
  ])('reads %j', (written, expected) => {
    expect(parse(integer(1, 10), written, place)).toBe(expected);
  });

  it.each([0, 11, 1.5, NaN, '0', '', '1.0', ' 1', '1e1', true, undefined, [1]])('refuses %j', (written) => {
    expect(thrown(() => parse(integer(1, 10), written, place)).code).toBe('INVALID_FIELD');
  });

  it('names a reference as such', () => {
    expect(thrown(() => parse(integer(1, 10), '${var.port}', place)).code).toBe('UNRESOLVED_VALUE');
  });
});

describe('flag', () => {
  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
  ])('reads %j', (written, expected) => {
    expect(parse(flag, written, place)).toBe(expected);
  });

  it.each([1, '', 'yes', '${var.on}'])('refuses %j', (written) => {
    expect(thrown(() => parse(flag, written, place)).code).toBe('INVALID_FIELD');
  });
});

describe('block and blocks', () => {
  it('read an object and a list of one alike', () => {
    const inner = z.strictObject({ a: z.number() });
    expect([{ a: 1 }, [{ a: 1 }]].map((written) => parse(block(inner), written, place))).toEqual([{ a: 1 }, { a: 1 }]);
    expect([{ a: 1 }, [{ a: 1 }]].map((written) => parse(blocks(inner), written, place))).toEqual([
      [{ a: 1 }],
      [{ a: 1 }],
    ]);
  });

  it('refuse two where one is meant, and an unknown argument', () => {
    const inner = z.strictObject({ a: z.number() });
    expect(thrown(() => parse(block(inner), [{ a: 1 }, { a: 1 }], place)).code).toBe('INVALID_FIELD');
    const error = thrown(() => parse(block(inner), [{ a: 1, regex: 'x' }], place));
    expect(error.code).toBe('UNKNOWN_FIELD');
    expect(error.message).toContain('"regex"');
  });
});
