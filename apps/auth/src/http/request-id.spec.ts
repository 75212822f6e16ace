import { describe, expect, it } from '@jest/globals';

import { requestId } from './request-id.ts';

const ROOT = '1-67891233-abcdef012345678912345678';
const SELF = '1-67891234-12456789abcdef0123456789';
const idOf = (header?: string): string => requestId({ headers: { 'x-amzn-trace-id': header } });

describe('requestId', () => {
  it.each([
    [`Root=${ROOT}`, ROOT],
    [`Self=${SELF};Root=${ROOT}`, SELF],
    [`Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`, ROOT],
    [`Root=forged; Self=${SELF}`, SELF],
    [`Self=forged;Root=${ROOT}`, ROOT],
  ])('of %s', (header, id) => {
    expect(idOf(header)).toBe(id);
  });

  it.each([
    [undefined],
    [''],
    ['Root'],
    [`Root=${ROOT}, Root=${ROOT}`],
    [`Root=${ROOT.toUpperCase()}`],
    [`Root=${ROOT}0`],
    ['Root=secret'],
    [`root=${ROOT}`],
  ])('is made up for %j', (header) => {
    const id = idOf(header);
    expect(id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(idOf(header)).not.toBe(id);
  });
});
