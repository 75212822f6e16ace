import { describe, expect, it } from '@jest/globals';
import { asksForBearer } from './bearer.ts';

const header = (name: string, ...values: readonly string[]) => ({ field: 'http-header', name, values }) as const;

describe('asksForBearer', () => {
  it.each([
    [header('Authorization', 'Bearer *'), true],
    [header('authorization', 'bearer ey*', 'BEARER x'), true],
    [header('Authorization', 'Bearer*'), false],
    [header('Authorization', '*'), false],
    [header('Authorization', 'Bearer *', 'Basic *'), false],
    [header('X-Authorization', 'Bearer *'), false],
    [{ ...header('Authorization'), regexValues: ['^Bearer .*$'] }, false],
    [{ ...header('Authorization', 'Bearer *'), regexValues: ['.*'] }, false],
    [{ field: 'path-pattern', values: ['/bearer '] } as const, false],
  ])('%j: %s', (condition, expected) => {
    expect(asksForBearer(condition)).toBe(expected);
  });
});
