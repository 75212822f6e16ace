import { describe, expect, it } from '@jest/globals';

import { asset, cacheControl } from './asset.ts';

describe('asset', () => {
  it('has an address that changes with its body, and only with it', () => {
    const one = asset('/assets/a.css', 'text/css', 'a{}');
    expect(one.href).toBe(`/assets/a.css?v=${one.version}`);
    expect(asset('/assets/a.css', 'text/css', 'a{}').href).toBe(one.href);
    expect(asset('/assets/a.css', 'text/css', 'b{}').href).not.toBe(one.href);
  });
});

describe('cacheControl', () => {
  it('keeps for ever only what was asked for by its version', () => {
    expect(cacheControl({ version: 'abc' }, 'abc')).toBe('public, max-age=31536000, immutable');
    for (const requested of ['abd', undefined, ['abc', 'abc']]) {
      expect(cacheControl({ version: 'abc' }, requested)).toBe('public, no-cache');
    }
  });
});
