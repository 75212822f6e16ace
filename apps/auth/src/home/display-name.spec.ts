import { describe, expect, it } from '@jest/globals';

import { displayName, initials } from './display-name.ts';

describe('displayName', () => {
  it('prefers the name, then the e-mail address, then the username', () => {
    expect(displayName({ name: 'Ada Lovelace', email: 'ada@example.com', username: 'ada' })).toBe('Ada Lovelace');
    expect(displayName({ name: '  ', email: 'ada@example.com', username: 'ada' })).toBe('ada@example.com');
    expect(displayName({ username: 'ada' })).toBe('ada');
  });
});

describe('initials', () => {
  it.each<[string, string]>([
    ['Ada Lovelace', 'AL'],
    ['Ada King, Countess of Lovelace', 'AL'],
    ['ada.lovelace@example.com', 'AL'],
    ['ada', 'A'],
    ['Élodie Ø', 'ÉØ'],
    ['𝒜da', '𝒜'],
    ['<script>', ''],
    ['', ''],
  ])('%j: %j', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});
