import { describe, expect, it } from '@jest/globals';

import { zoneNameOf } from './hosted-zone.ts';

describe('zoneNameOf', () => {
  it.each([
    [['app.example.com'], 'example.com'],
    [['app.dev.example.com'], 'dev.example.com'],
    [['app.example.com', 'login.example.com'], 'example.com'],
    [['app.dev.example.com', 'login.example.com'], 'example.com'],
    [['a.b.example.com', 'a.c.example.com'], 'example.com'],
    [['app.example.com', 'app.otherexample.com'], 'com'],
    [['app.example.com', 'app.example.org'], ''],
  ])('holds %j in %s', (names, zone) => {
    expect(zoneNameOf(names)).toBe(zone);
  });
});
