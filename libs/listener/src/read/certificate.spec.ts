import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { readCertificate } from './certificate.ts';

const read = (body: Readonly<Record<string, unknown>>) =>
  readCertificate({ type: 'aws_lb_listener_certificate', address: 'aws_lb_listener_certificate.more', body });

describe('readCertificate', () => {
  it('reads it', () => {
    expect(read({ listener_arn: '${aws_lb_listener.https.arn}', certificate_arn: 'arn:c' })).toEqual({
      address: 'aws_lb_listener_certificate.more',
      arn: 'arn:c',
    });
  });

  it('refuses one without a certificate, and what it does not know', () => {
    expect(thrown(() => read({ listener_arn: 'arn:l' })).code).toBe('INVALID_FIELD');
    expect(thrown(() => read({ listener_arn: 'arn:l', certificate_arn: 'arn:c', sni: true })).code).toBe(
      'UNKNOWN_FIELD',
    );
  });
});
