import { describe, expect, it } from '@jest/globals';

import { imageDigest, planVariables } from './variables.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const ecs = { variable: { image_digest: { type: 'string' } } };

describe('planVariables', () => {
  it('gives no variable to a stack that has none', () => {
    expect(planVariables({}, DIGEST)).toEqual({ values: {}, assumptions: [] });
  });

  it('gives the digest, or a placeholder that is named', () => {
    expect(planVariables(ecs, DIGEST)).toEqual({ values: { image_digest: DIGEST }, assumptions: [] });
    expect(planVariables(ecs, undefined)).toMatchObject({
      values: { image_digest: expect.stringMatching(/^sha256:0{64}$/) },
      assumptions: [{ name: 'var.image_digest', because: 'not-given' }],
    });
  });
});

describe('imageDigest', () => {
  it('prefers the option', () => {
    expect(imageDigest(DIGEST, { TF_VAR_image_digest: 'x' })).toBe(DIGEST);
    expect(imageDigest(undefined, { TF_VAR_image_digest: DIGEST })).toBe(DIGEST);
    expect(imageDigest(undefined, {})).toBeUndefined();
  });

  it.each(['latest', 'sha256:abc', `${DIGEST}0`, ''])('refuses %j', (digest) => {
    expect(() => imageDigest(digest, {})).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
