import { randomBytes } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { SealedBox } from './sealed-box.ts';

describe('SealedBox', () => {
  const box = new SealedBox(randomBytes(32));

  it('gives back what was sealed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
        expect(box.open(box.seal(text, purpose), purpose)).toBe(text);
      }),
    );
  });

  it('is standard Base64, and never the same twice', () => {
    const [one, other] = [box.seal('text', 'a'), box.seal('text', 'a')];
    expect(one).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(one).not.toBe(other);
  });

  it('does not open when any bit was changed', () => {
    const sealed = Buffer.from(box.seal('{"sub":"user-1"}', 'a'), 'base64');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8((changed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
      expect(box.open(changed.toString('base64'), 'a')).toBeUndefined();
    }
  });

  it('does not open for another purpose, nor with another key [G4 D, G6 D]', () => {
    const sealed = box.seal('text', 'session a');
    expect(box.open(sealed, 'session b')).toBeUndefined();
    expect(new SealedBox(randomBytes(32)).open(sealed, 'session a')).toBeUndefined();
    expect(box.open(sealed, 'session a')).toBe('text');
    expect(box.open(sealed, 'session b')).toBeUndefined();
  });

  it('has one spelling: neither cut, nor padded, nor in another alphabet', () => {
    const sealed = box.seal('a text of some length, so that every character occurs', 'a');
    for (const other of [
      '',
      'AAAA',
      sealed.slice(0, -4),
      `${sealed}AAAA`,
      `${sealed} `,
      `${sealed}=`,
      encodeURIComponent(`${sealed}+`),
      `\u00e9${sealed}`,
    ]) {
      expect(box.open(other, 'a')).toBeUndefined();
    }
  });

  it('remembers what it opened for that purpose alone, and not for ever', () => {
    const first = box.seal('first', 'a');
    expect([box.open(first, 'a'), box.open(first, 'a')]).toEqual(['first', 'first']);
    expect(box.open(first, 'b')).toBeUndefined();
    for (let count = 0; count < 600; count++) expect(box.open(box.seal(`${count}`, 'a'), 'a')).toBe(`${count}`);
    expect(box.open(first, 'a')).toBe('first');
  });
});
