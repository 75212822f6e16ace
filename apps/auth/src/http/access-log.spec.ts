import { describe, expect, it } from '@jest/globals';

import { accessLine } from './access-log.ts';

const access = { method: 'GET', url: '/api/me', status: 200, milliseconds: 3.4, ip: '203.0.113.7', subject: 'a1b2' };

describe('accessLine', () => {
  it('says who asked for what, and what the answer was', () => {
    expect(accessLine(access)).toBe('GET /api/me 200 3 ms 203.0.113.7 a1b2');
    expect(accessLine({ ...access, status: 401, subject: undefined })).toBe('GET /api/me 401 3 ms 203.0.113.7 -');
  });

  it('leaves the query out', () => {
    expect(accessLine({ ...access, url: '/oauth2/idpresponse?code=secret&state=x' })).not.toContain('secret');
  });

  it('is silent about health checks that succeed', () => {
    expect(accessLine({ ...access, url: '/health/ready' })).toBeUndefined();
    expect(accessLine({ ...access, url: '/health/ready', status: 503 })).toBeDefined();
  });

  it('keeps to one line whatever the subject', () => {
    expect(accessLine({ ...access, subject: 'a\nGET /forged 200' })).toBe(
      'GET /api/me 200 3 ms 203.0.113.7 a?GET??forged?200',
    );
  });
});
