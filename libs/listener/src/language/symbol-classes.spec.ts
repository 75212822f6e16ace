import { expect, it } from '@jest/globals';
import { classes, eitherCase, rangeOf } from './symbol-classes.ts';
import { setOf } from './symbols.ts';

it('has what lies from one symbol to another, both with it', () => {
  expect(rangeOf(setOf('a'), setOf('c'))).toEqual(setOf('abc'));
  expect(rangeOf(setOf('a'), setOf('a'))).toEqual(setOf('a'));
  expect(rangeOf(setOf('b'), setOf('a'))).toBeUndefined();
});

it('takes no class for the end of a range, were it of one symbol', () => {
  for (const one of Object.values(classes)) {
    expect(rangeOf(one, setOf('z'))).toBeUndefined();
    expect(rangeOf(setOf(' '), one)).toBeUndefined();
    expect(rangeOf(one, one)).toBeUndefined();
  }
  expect(rangeOf(setOf(' '), setOf('!'))).toEqual(setOf(' !'));
});

it('has letters in either case, and the rest as it is', () => {
  expect(eitherCase(setOf('aZ-[@`{'))).toEqual(setOf('aAzZ-[@`{'));
});
