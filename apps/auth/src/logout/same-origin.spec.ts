import { describe, expect, it } from '@jest/globals';

import { isSameOrigin, type RequestOrigin } from './same-origin.ts';

const publicUrl = 'https://app.example.com';

describe('isSameOrigin', () => {
  it.each<RequestOrigin>([
    { origin: publicUrl },
    { secFetchSite: 'same-origin' },
    { origin: publicUrl, secFetchSite: 'same-origin' },
  ])('accepts %j', (from) => {
    expect(isSameOrigin(publicUrl, from)).toBe(true);
  });

  it.each<RequestOrigin>([
    {},
    { origin: '' },
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'http://app.example.com' },
    { origin: 'https://app.example.com:8443' },
    { origin: 'https://app.example.com.evil.example' },
    { origin: `${publicUrl}, ${publicUrl}` },
    { secFetchSite: 'none' },
    { secFetchSite: 'same-site' },
    { secFetchSite: 'cross-site' },
    { secFetchSite: '' },
    { origin: publicUrl, secFetchSite: 'cross-site' },
    { origin: 'https://evil.example', secFetchSite: 'same-origin' },
  ])('refuses %j', (from) => {
    expect(isSameOrigin(publicUrl, from)).toBe(false);
  });
});
