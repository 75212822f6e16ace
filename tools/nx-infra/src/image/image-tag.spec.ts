import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type ImageContent, imageTag } from './image-tag.ts';

const content: fc.Arbitrary<ImageContent> = fc.record({
  bundle: fc.string(),
  dockerfile: fc.string(),
  base: fc.string(),
  platform: fc.string(),
  version: fc.string(),
});

describe('imageTag', () => {
  it('is a tag that a registry takes, the same for the same content', () => {
    fc.assert(
      fc.property(content, (some) => {
        expect(imageTag(some)).toMatch(/^[0-9a-f]{12}$/);
        expect(imageTag({ ...some })).toBe(imageTag(some));
      }),
    );
  });

  it('is another for other content, whichever part of it differs', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(imageTag(one) === imageTag(other)).toBe(same);
      }),
    );
    const one = { bundle: 'a', dockerfile: 'b', base: 'c', platform: 'd', version: 'e' };
    for (const part of Object.keys(one)) expect(imageTag({ ...one, [part]: 'x' })).not.toBe(imageTag(one));
  });
});
