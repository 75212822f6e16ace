import { describe, expect, it } from '@jest/globals';
import { ClaimsError } from '../error.ts';
import { challenge } from './challenge.ts';

describe('challenge', () => {
  it.each([
    ['BEARER_INVALID', true, true, 'Bearer error="invalid_token"'],
    ['BEARER_REFUSED', true, false, 'Bearer error="invalid_token"'],
    ['DATA_MISSING', false, true, 'Bearer'],
    ['DATA_MISSING', false, false, undefined],
    ['TOKEN_EXPIRED', false, true, undefined],
    ['GROUP_REQUIRED', true, true, undefined],
    ['KEY_UNAVAILABLE', true, true, undefined],
  ] as const)('%s, bearer sent: %p, accepted: %p', (code, bearerSent, bearerAccepted, expected) => {
    expect(challenge(new ClaimsError(code), { bearerSent, bearerAccepted })).toBe(expected);
  });
});
