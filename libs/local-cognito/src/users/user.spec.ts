import { describe, expect, it } from '@jest/globals';
import { deriveSub } from './user.ts';

describe('deriveSub', () => {
  it('is the name-based UUID of RFC 9562 (the value is from Python’s uuid.uuid5)', () => {
    expect(deriveSub('https://issuer', 'ada')).toBe('331b9998-80ca-55a6-b787-8f9e9b5f7b5b');
  });

  it('differs by user and by issuer', () => {
    const subs = [deriveSub('https://a', 'ada'), deriveSub('https://a', 'bob'), deriveSub('https://b', 'ada')];
    expect(new Set(subs).size).toBe(3);
  });
});
