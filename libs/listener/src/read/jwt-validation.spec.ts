import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { readJwtValidation } from './jwt-validation.ts';

const place = { address: 'aws_lb_listener_rule.one', field: 'action.0.jwt_validation' };
const body = { issuer: 'https://id.example.com', jwks_endpoint: 'https://id.example.com/jwks.json' };
const claim = { name: 'scope', format: 'space-separated-values', values: ['read', 'write'] };

describe('readJwtValidation', () => {
  it('reads it', () => {
    expect(readJwtValidation(body, place)).toEqual({
      type: 'jwt-validation',
      issuer: body.issuer,
      jwksEndpoint: body.jwks_endpoint,
      additionalClaims: [],
    });
    expect(readJwtValidation([{ ...body, additional_claim: [claim] }], place).additionalClaims).toEqual([claim]);
  });

  it.each([
    ['no issuer', { issuer: undefined }, 'INVALID_FIELD'],
    ['an issuer of 257 characters', { issuer: 'a'.repeat(257) }, 'INVALID_FIELD'],
    ['keys over HTTP', { jwks_endpoint: 'http://id.example.com/jwks.json' }, 'INVALID_FIELD'],
    ['a claim that is always checked', { additional_claim: { ...claim, name: 'exp' } }, 'INVALID_FIELD'],
    ['another format', { additional_claim: { ...claim, format: 'csv' } }, 'INVALID_FIELD'],
    ['a space in a separated value', { additional_claim: { ...claim, values: ['a b'] } }, 'INVALID_FIELD'],
    ['eleven claims', { additional_claim: Array.from({ length: 11 }, () => claim) }, 'INVALID_FIELD'],
    ['eleven values', { additional_claim: { ...claim, values: Array.from({ length: 11 }, String) } }, 'INVALID_FIELD'],
    ['a value not known yet', { additional_claim: { ...claim, values: ['${var.scope}'] } }, 'UNRESOLVED_VALUE'],
    ['an unknown argument', { audience: 'x' }, 'UNKNOWN_FIELD'],
  ])('refuses %s', (_, change, code) => {
    expect(thrown(() => readJwtValidation({ ...body, ...change }, place)).code).toBe(code);
  });
});
