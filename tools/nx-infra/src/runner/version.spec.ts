import { describe, expect, it } from '@jest/globals';

import { requireVersion } from './version.ts';

const answer = (version: string): string => JSON.stringify({ terraform_version: version, platform: 'linux_amd64' });

describe('requireVersion', () => {
  it.each(['1.10.0', '1.11.4', '1.12.0-beta1', '2.0.0'])('takes %s', (version) => {
    expect(requireVersion(answer(version))).toBe(version);
  });

  it.each(['1.9.8', '0.15.5'])('refuses %s, and says where a newer one is', (version) => {
    expect(() => requireVersion(answer(version))).toThrow(
      expect.objectContaining({ code: 'TERRAFORM_TOO_OLD', message: expect.stringContaining('https://') }),
    );
  });

  it('refuses what is no Terraform', () => {
    expect(() => requireVersion('hello')).toThrow(expect.objectContaining({ code: 'TERRAFORM_FAILED' }));
  });
});
