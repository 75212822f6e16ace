import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { deriveSub } from './user.ts';

describe('deriveSub', () => {
  it('is the name-based UUID of RFC 9562 (the value is from Python’s uuid.uuid5)', () => {
    expect(deriveSub('https://issuer', 'ada')).toBe('331b9998-80ca-55a6-b787-8f9e9b5f7b5b');
  });

  it('has version and variant of a name-based UUID whatever the digest', () => {
    const subs = Array.from({ length: 64 }, (_, number) => deriveSub('https://issuer', String(number)));
    expect(subs.filter((sub) => !z.uuid({ version: 'v5' }).safeParse(sub).success)).toEqual([]);
  });

  it('differs by user and by issuer', () => {
    const subs = [deriveSub('https://a', 'ada'), deriveSub('https://a', 'bob'), deriveSub('https://b', 'ada')];
    expect(new Set(subs).size).toBe(3);
  });
});
