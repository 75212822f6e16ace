import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { hasExpression, parseReference, substitute } from './expression.ts';

const resolve = (reference: readonly string[]): unknown =>
  ({ 'aws_lb.alb.arn': 'arn:lb', 'aws_subnet.a.ids': ['s1', 's2'], 'var.count': 3 })[reference.join('.')];

describe('parseReference', () => {
  it.each([
    ['aws_lb.alb.arn', ['aws_lb', 'alb', 'arn']],
    [
      ' data.terraform_remote_state.cognito.outputs.issuer ',
      ['data', 'terraform_remote_state', 'cognito', 'outputs', 'issuer'],
    ],
    ['data.terraform_remote_state.alb.outputs["arn"]', ['data', 'terraform_remote_state', 'alb', 'outputs', 'arn']],
  ])('reads %s', (expression, parts) => {
    expect(parseReference(expression)).toEqual(parts);
  });

  it.each(['join(",", aws_lb.alb.arn)', 'one', 'a.b + c.d', 'aws_lb.alb[0].arn', 'cond ? a.b : c.d', ''])(
    'takes %j for something else than a reference',
    (expression) => {
      expect(parseReference(expression)).toBeUndefined();
    },
  );
});

describe('substitute', () => {
  it('keeps the type of a value that is one expression', () => {
    expect(substitute('${aws_subnet.a.ids}', resolve)).toEqual(['s1', 's2']);
    expect(substitute('${var.count}', resolve)).toBe(3);
  });

  it('fills templates, at any depth', () => {
    expect(substitute({ a: [{ b: 'x ${aws_lb.alb.arn} y ${var.count}' }] }, resolve)).toEqual({
      a: [{ b: 'x arn:lb y 3' }],
    });
  });

  it('leaves what it does not know as it was written', () => {
    for (const text of ['${aws_lb.other.arn}', 'x ${upper(aws_lb.alb.arn)}', '${aws_subnet.a.ids} in text']) {
      expect(substitute(text, resolve)).toBe(text);
    }
  });

  it('leaves an escaped template alone', () => {
    expect(substitute('$${aws_lb.alb.arn}', resolve)).toBe('$${aws_lb.alb.arn}');
    expect(hasExpression('$${aws_lb.alb.arn}')).toBe(false);
    expect(hasExpression('${aws_lb.alb.arn}')).toBe(true);
  });

  it('changes nothing in a value without expressions', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('${'));
        expect(substitute(value, () => 'wrong')).toEqual(value);
      }),
    );
  });
});
