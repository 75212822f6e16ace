import { describe, expect, it } from '@jest/globals';
import { ClaimsError } from '../error.ts';
import { challenge } from './challenge.ts';

const SCOPES = ['orders/read', 'orders/write'];

describe('challenge', () => {
  it.each([
    ['BEARER_INVALID', true, true, 'Bearer error="invalid_token"'],
    ['BEARER_REFUSED', true, false, 'Bearer error="invalid_token"'],
    ['DATA_MISSING', false, true, 'Bearer'],
    ['DATA_MISSING', false, false, undefined],
    ['TOKEN_EXPIRED', false, true, undefined],
    ['SCOPE_REQUIRED', true, true, 'Bearer error="insufficient_scope", scope="orders/read orders/write"'],
    ['SCOPE_REQUIRED', false, true, undefined],
    ['GROUP_REQUIRED', true, true, 'Bearer error="insufficient_scope"'],
    ['GROUP_REQUIRED', false, true, undefined],
    ['ORIGIN_REFUSED', true, true, undefined],
    ['KEY_UNAVAILABLE', true, true, undefined],
  ] as const)('%s, bearer sent: %p, accepted: %p', (code, bearerSent, bearerAccepted, expected) => {
    expect(challenge(new ClaimsError(code), { bearerSent, bearerAccepted, scopes: SCOPES })).toBe(expected);
  });
});
