import { describe, expect, it } from '@jest/globals';

import { type Handshake } from '../handshake.ts';
import { certificateFinding, oldTlsFinding } from './reach.ts';

const NOW = 1_800_000_000_000;
const DAY_MS = 24 * 3600 * 1000;
const options = { hostname: 'app.example.com', port: 443, now: () => NOW };
const done = (days: number): Handshake => ({
  outcome: 'done',
  protocol: 'TLSv1.3',
  validUntil: NOW + days * DAY_MS,
  issuer: 'Amazon',
});
const refused = (code: string): Handshake => ({ outcome: 'failed', code, message: 'line one\nline two' });

describe('a certificate', () => {
  it.each([
    [31, 'ok'],
    [30, 'ok'],
    [29, 'warning'],
    [0, 'warning'],
  ])('that holds for %i more days is %s', (days, state) => {
    expect(certificateFinding(done(days), options)).toMatchObject({
      state,
      message: expect.stringContaining(`${days} more days`),
    });
  });

  it.each([
    ['CERT_HAS_EXPIRED', /expired/],
    ['CERT_NOT_YET_VALID', /not valid yet/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /not for app\.example\.com/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not trusted .*line one\)/],
    ['TIMEOUT', /does not begin TLS/],
    ['ECONNREFUSED', /does not begin TLS/],
  ])('is told with %s', (code, says) => {
    expect(certificateFinding(refused(code), options)).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(says),
    });
  });
});

describe('old TLS', () => {
  it('is failed where it is spoken, ok where it is refused there, and not known where it is refused here', () => {
    expect(oldTlsFinding({ ...done(1), protocol: 'TLSv1' } as Handshake, 'TLSv1.3').state).toBe('failed');
    expect(oldTlsFinding(refused('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), 'TLSv1.3').state).toBe('ok');
    expect(oldTlsFinding(refused('ERR_SSL_NO_PROTOCOLS_AVAILABLE'), 'TLSv1.3').state).toBe('warning');
  });
});
