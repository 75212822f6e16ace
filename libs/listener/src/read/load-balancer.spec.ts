import { describe, expect, it } from '@jest/globals';
import { readLoadBalancer } from './load-balancer.ts';
import { Problems } from './problems.ts';

function read(body: Readonly<Record<string, unknown>>, problems = new Problems()) {
  return readLoadBalancer({ type: 'aws_lb', address: 'aws_lb.alb', body }, problems);
}

describe('readLoadBalancer', () => {
  it("has AWS's defaults", () => {
    expect(read({})).toEqual({
      name: '${aws_lb.alb.name}',
      attributes: {
        idleTimeoutSeconds: 60,
        dropInvalidHeaderFields: false,
        xffHeaderProcessing: 'append',
        preserveHostHeader: false,
        desyncMitigation: 'defensive',
        xffClientPort: false,
        wafFailOpen: false,
        tlsVersionAndCipherSuite: false,
      },
    });
  });

  it('reads what is given', () => {
    const body = {
      name: 'shop',
      load_balancer_type: 'application',
      idle_timeout: 4000,
      drop_invalid_header_fields: 'true',
      xff_header_processing_mode: 'remove',
      preserve_host_header: true,
      desync_mitigation_mode: 'strictest',
      enable_xff_client_port: true,
      enable_waf_fail_open: 'true',
      enable_tls_version_and_cipher_suite_headers: true,
      security_groups: ['${aws_security_group.alb.id}'],
    };
    expect(read(body)).toEqual({
      name: 'shop',
      attributes: {
        idleTimeoutSeconds: 4000,
        dropInvalidHeaderFields: true,
        xffHeaderProcessing: 'remove',
        preserveHostHeader: true,
        desyncMitigation: 'strictest',
        xffClientPort: true,
        wafFailOpen: true,
        tlsVersionAndCipherSuite: true,
      },
    });
  });

  it.each([
    [{ idle_timeout: 0 }, 'INVALID_FIELD'],
    [{ desync_mitigation_mode: 'off' }, 'INVALID_FIELD'],
    [{ xff_header_processing_mode: 'drop' }, 'INVALID_FIELD'],
    [{ drop_invalid_header_field: true }, 'UNKNOWN_FIELD'],
    [{ load_balancer_type: 'network' }, 'UNSUPPORTED_FEATURE'],
    [{ load_balancer_type: '${var.type}' }, 'UNRESOLVED_VALUE'],
  ])('reports %j', (body, code) => {
    const problems = new Problems();
    read(body, problems);
    expect(problems.all).toMatchObject([{ code, address: 'aws_lb.alb' }]);
  });
});
