import { describe, expect, it } from '@jest/globals';
import { csrfToken, isOwnForm } from './csrf.ts';
import { type PageRequest } from './page.ts';

const token = 'b0c6f2a4-1111-4222-8333-444455556666';
const page = (changes: Partial<PageRequest> = {}): PageRequest => ({
  method: 'POST',
  path: '/login',
  query: '',
  cookies: new Map([['XSRF-TOKEN', token]]),
  origin: 'https://pool.localhost:8444',
  host: 'pool.localhost:8444',
  form: new URLSearchParams({ _csrf: token }),
  ...changes,
});

describe('isOwnForm', () => {
  it.each([
    ['as a browser sends it', {}],
    ['without Origin, as a script sends it', { origin: undefined }],
  ])('takes a form %s', (_, changes) => {
    expect(isOwnForm(page(changes))).toBe(true);
  });

  it.each<[string, Partial<PageRequest>]>([
    ['without the cookie', { cookies: new Map() }],
    ['without the field', { form: new URLSearchParams() }],
    ['without a form', { form: undefined }],
    ['with another token', { form: new URLSearchParams({ _csrf: token.replace('b', 'c') }) }],
    ['with both empty', { cookies: new Map([['XSRF-TOKEN', '']]), form: new URLSearchParams({ _csrf: '' }) }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from a sandboxed page', { origin: 'null' }],
    ['over plain HTTP', { origin: 'http://pool.localhost:8444' }],
  ])('refuses a form %s', (_, changes) => {
    expect(isOwnForm(page(changes))).toBe(false);
  });
});

describe('csrfToken', () => {
  it('keeps the token of a tab that is open', () => {
    expect(csrfToken(page()).token).toBe(token);
  });

  it('makes a new one, bound to the host and out of reach of scripts', () => {
    const { token: fresh, cookie } = csrfToken(page({ cookies: new Map([['XSRF-TOKEN', '"><script>']]) }));
    expect(fresh).toMatch(/^[0-9a-f-]{36}$/);
    expect(cookie).toBe(`XSRF-TOKEN=${fresh}; Path=/; Secure; HttpOnly; SameSite=Lax`);
  });
});
