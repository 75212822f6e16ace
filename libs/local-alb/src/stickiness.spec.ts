import { randomBytes } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { readCookies } from './cookies.ts';
import { SealedBox } from './sealed-box.ts';
import { readSticky, writeSticky } from './stickiness.ts';

const box = new SealedBox(randomBytes(32));
const written = writeSticky(box, 'AWSALB', { chosen: 'http://a', seconds: 60 }, 1_000_000);
const cookies = readCookies(written.map((cookie) => cookie.split(';')[0]).join('; '));

describe('stickiness', () => {
  it('is two cookies, one for requests across origins [A2.8 D]', () => {
    expect(written).toEqual([
      expect.stringMatching(/^AWSALB=[A-Za-z0-9+/=]+; Expires=Thu, 01 Jan 1970 00:17:40 GMT; Path=\/$/),
      expect.stringMatching(/^AWSALBCORS=[A-Za-z0-9+/=]+; Expires=.+; Path=\/; SameSite=None; Secure$/),
    ]);
    expect(readSticky(box, 'AWSALB', cookies, 1_000_000)).toBe('http://a');
    expect(readSticky(box, 'AWSALB', { AWSALBCORS: cookies['AWSALBCORS'] }, 1_000_000)).toBe('http://a');
  });

  it('ends in time, and is neither forged nor taken from the other kind', () => {
    expect(readSticky(box, 'AWSALB', cookies, 1_060_000)).toBeUndefined();
    expect(readSticky(box, 'AWSALB', { AWSALB: 'http://evil' }, 0)).toBeUndefined();
    expect(readSticky(box, 'AWSALBTG', { AWSALBTG: cookies['AWSALB'] }, 0)).toBeUndefined();
    expect(readSticky(box, 'AWSALBTG', cookies, 0)).toBeUndefined();
  });
});
