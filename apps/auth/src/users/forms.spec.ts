import { describe, expect, it } from '@jest/globals';
import { HttpException } from '@nestjs/common';

import { readGroup, readInvitation, readQuestion, readUsername } from './forms.ts';

/** The code that reading ends with, or what was read. */
function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof HttpException) return (error.getResponse() as { readonly code: string }).code;
    throw error;
  }
}

describe('readUsername', () => {
  it.each(['5f2c9a1e-8b3d-4c6f-9a7e-1d2b3c4e5f60', 'ada@example.com', 'Google_123', 'a/b', 'Ä'.repeat(128)])(
    'takes %j',
    (name) => expect(readUsername(name)).toBe(name),
  );

  it.each(['', ' ', 'a b', 'a\nb', 'a\0', 'a'.repeat(129), '\u202e'])('finds nobody as %j', (name) => {
    expect(outcome(() => readUsername(name))).toBe('USER_UNKNOWN');
  });
});

describe('readInvitation', () => {
  it('takes an address, and a name where there is one, without the spaces around them', () => {
    expect(readInvitation({ email: ' ada@example.com ', name: ' ' })).toEqual({ email: 'ada@example.com' });
    expect(readInvitation({ email: 'ada@example.com', name: '<b>Ada</b>' })).toEqual({
      email: 'ada@example.com',
      name: '<b>Ada</b>',
    });
  });

  it.each<unknown>([
    undefined,
    null,
    {},
    { email: '' },
    { email: 'ada' },
    { email: 'ada@example' },
    { email: 'a@example.com, b@example.com' },
    { email: 'ada@example.com\r\nbcc:x@example.com' },
    { email: 'Ada <ada@example.com>' },
    { email: ['a@example.com', 'b@example.com'] },
    { email: `${'a'.repeat(120)}@example.com` },
    { email: 'ada@example.com', name: 'Ada\nLovelace' },
    { email: 'ada@example.com', name: 'a'.repeat(201) },
  ])('refuses %j', (form) => {
    expect(outcome(() => readInvitation(form as never))).toBe('FORM_INVALID');
  });
});

describe('readGroup', () => {
  it('takes one name', () => {
    expect(readGroup({ group: 'admins' })).toBe('admins');
    for (const group of [undefined, '', 'two words', ['admins', 'users'], 'a'.repeat(129)]) {
      expect(outcome(() => readGroup({ group }))).toBe('FORM_INVALID');
    }
  });
});

describe('readQuestion', () => {
  it('asks for everybody, for what begins with a text, and for the page after another', () => {
    expect(readQuestion({})).toEqual({});
    expect(readQuestion({ by: 'name', search: ' ' })).toEqual({});
    expect(readQuestion({ by: 'name', search: 'Ada', after: 'a+b/c==' })).toEqual({
      search: { by: 'name', text: 'Ada' },
      after: 'a+b/c==',
    });
  });

  it('searches addresses where something else is asked for that cannot be searched', () => {
    expect(readQuestion({ by: 'custom:salary', search: '1' })).toEqual({ search: { by: 'email', text: '1' } });
  });

  it.each([{ search: 'a'.repeat(101) }, { search: 'a\0b' }, { after: 'a b' }, { after: 'a'.repeat(8001) }])(
    'refuses what is too long or has what no text has: %#',
    (query) => expect(outcome(() => readQuestion(query))).toBe('FORM_INVALID'),
  );
});
