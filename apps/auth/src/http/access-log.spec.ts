import { describe, expect, it } from '@jest/globals';

import { accessRecord } from './access-log.ts';

const access = {
  requestId: 'r1',
  method: 'GET',
  route: '/api/me',
  url: '/api/me',
  status: 200,
  milliseconds: 3.4444,
  ip: '203.0.113.7',
  subject: 'a1b2',
};

describe('accessRecord', () => {
  it('says who asked for what, and what the answer was', () => {
    expect(accessRecord(access)).toEqual({
      requestId: 'r1',
      method: 'GET',
      route: '/api/me',
      path: '/api/me',
      status: 200,
      durationMs: 3.4,
      ip: '203.0.113.7',
      subject: 'a1b2',
    });
  });

  it('names the error of a refusal, and nobody who was not verified', () => {
    const refused = accessRecord({ ...access, status: 401, subject: undefined, code: 'DATA_MISSING' });
    expect(refused).toMatchObject({ status: 401, code: 'DATA_MISSING' });
    expect(refused).not.toHaveProperty('subject');
  });

  it.each(['/oauth2/idpresponse?code=secret&state=x', '/x#secret', 'http://user:secret@host/', '*secret'])(
    'leaves out what is not the path of %s',
    (url) => {
      expect(JSON.stringify(accessRecord({ ...access, url }))).not.toContain('secret');
    },
  );

  it('is silent about health checks that succeed', () => {
    expect(accessRecord({ ...access, url: '/health/ready' })).toBeUndefined();
    expect(accessRecord({ ...access, url: '/health/ready', status: 503 })).toBeDefined();
  });

  it('is bounded', () => {
    expect(JSON.stringify(accessRecord({ ...access, url: `/${'x'.repeat(16_000)}` })).length).toBeLessThan(1000);
  });
});
