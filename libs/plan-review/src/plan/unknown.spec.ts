import { describe, expect, it } from '@jest/globals';
import { isHidden, isOpaque, isUnknown, referencesOf, UNKNOWN, withUnknown } from './unknown.ts';

const root = { module: '' };
const reference = (...references: readonly string[]): object => ({ references });

describe('withUnknown', () => {
  it.each<[string, unknown, unknown, unknown, unknown]>([
    ['nothing', { a: 1 }, {}, {}, { a: 1 }],
    ['one reference', {}, { a: true }, { a: reference('aws_x.y.arn', 'aws_x.y') }, { a: '${aws_x.y.arn}' }],
    ['several references', {}, { a: true }, { a: reference('aws_x.y.arn', 'aws_x.y', 'aws_z.z.id') }, { a: UNKNOWN }],
    [
      'a template of JSON configuration',
      {},
      { a: true },
      { a: { constant_value: 'x-${aws_x.y.id}', ...reference('aws_x.y.id') } },
      { a: 'x-${aws_x.y.id}' },
    ],
    ['what is not written', { b: 1 }, { a: true }, {}, { a: UNKNOWN, b: 1 }],
    [
      'a block',
      { a: [{ b: 1 }] },
      { a: [{ c: true }] },
      { a: [{ b: { constant_value: 1 }, c: reference('aws_x.y.id') }] },
      { a: [{ b: 1, c: '${aws_x.y.id}' }] },
    ],
    [
      'blocks that were sorted',
      { a: [{ b: 2 }, { b: 1 }] },
      { a: [{ c: true }, { c: true }] },
      {
        a: [
          { b: { constant_value: 1 }, c: reference('aws_x.one.id') },
          { b: { constant_value: 2 }, c: reference('aws_x.two.id') },
        ],
      },
      {
        a: [
          { b: 2, c: '${aws_x.two.id}' },
          { b: 1, c: '${aws_x.one.id}' },
        ],
      },
    ],
    ['what is kept back as a whole', { a: 'hidden-1' }, { a: [{ b: true }] }, {}, { a: 'hidden-1' }],
  ])('%s', (_, value, unknown, expression, expected) => {
    expect(withUnknown(value, unknown, expression, root)).toEqual(expected);
  });

  it('calls resources of a module as they are called from outside', () => {
    const expressions = { a: reference('aws_x.y.id'), b: reference('var.z') };
    expect(withUnknown({}, { a: true, b: true }, expressions, { module: 'module.m.' })).toEqual({
      a: '${module.m.aws_x.y.id}',
      b: '${var.z}',
    });
  });
});

describe('what says nothing', () => {
  it.each([
    [UNKNOWN, true, false],
    ['${aws_lb.alb.arn}', true, false],
    ['hidden-12', false, true],
    ['(sensitive)', false, true],
    ['plain', false, false],
    [5, false, false],
  ])('%j', (value, unknown, hidden) => {
    expect([isUnknown(value), isHidden(value), isOpaque(value)]).toEqual([unknown, hidden, unknown || hidden]);
  });
});

describe('referencesOf', () => {
  it('gives none for what has none', () => {
    expect([referencesOf(undefined), referencesOf({ constant_value: 1 }), referencesOf('x')]).toEqual([[], [], []]);
  });
});
