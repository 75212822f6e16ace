import { expect, it } from '@jest/globals';
import type Provider from 'oidc-provider';
import { issueCognitoTokens, leftHalfHash, type TokenSource } from './tokens.ts';

it('refuses a version of oidc-provider that writes tokens elsewhere', () => {
  class Elsewhere {}
  const provider = { AccessToken: Elsewhere, IdToken: Elsewhere } as unknown as Provider;
  const issue = (): unknown => issueCognitoTokens(provider, {} as TokenSource);
  expect(issue).toThrow(expect.objectContaining({ code: 'PROVIDER_INCOMPATIBLE' }));
});

it('hashes an access token as OpenID Connect asks (the example of Core 1.0, appendix A.3)', () => {
  expect(leftHalfHash('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y')).toBe('77QmUPtjPfzWtF2AnpK9RQ');
});
