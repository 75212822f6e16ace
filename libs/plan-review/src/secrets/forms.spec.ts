import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formsOf } from './forms.ts';

const isIn = (secret: string, text: string): boolean => formsOf(secret).some((form) => text.includes(form));

describe('formsOf', () => {
  it('holds a form that occurs in each way of writing the secret down', () => {
    const secret = fc.string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 40 });
    fc.assert(
      fc.property(secret, fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), (text, before, after) => {
        const around = `${before}${text}${after}`;
        for (const written of [
          around,
          JSON.stringify(around),
          JSON.stringify(JSON.stringify(around)),
          encodeURIComponent(text),
          Buffer.from(around).toString('base64'),
          Buffer.from(around).toString('base64url'),
          Buffer.from(around).toString('hex'),
        ]) {
          expect(isIn(text, written)).toBe(true);
        }
      }),
    );
  });

  it('has the escapes of jsonencode', () => {
    expect(formsOf('a<b>&c')).toContain('a\\u003cb\\u003e\\u0026c');
  });

  it('has each line of a long one', () => {
    const line = 'x'.repeat(20);
    expect(formsOf(`BEGIN\n${line}\nEND`)).toContain(line);
  });

  it('is not stopped by half a character', () => {
    expect(formsOf('half a \ud800 pair')).toContain('half a \ud800 pair');
  });
});
