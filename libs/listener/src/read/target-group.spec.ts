import { describe, expect, it } from '@jest/globals';
import { thrown } from '../testdata/thrown.ts';
import { readTargetGroup } from './target-group.ts';

const read = (change: Readonly<Record<string, unknown>>) =>
  readTargetGroup({
    type: 'aws_lb_target_group',
    address: 'aws_lb_target_group.app',
    body: { port: 3000, protocol: 'HTTP', ...change },
  });

describe('readTargetGroup', () => {
  it('reads port and protocol, and stands in for what only AWS knows', () => {
    expect(read({ health_check: { path: '/' }, vpc_id: '${aws_vpc.vpc.id}' })).toEqual({
      address: 'aws_lb_target_group.app',
      arn: '${aws_lb_target_group.app.arn}',
      name: '${aws_lb_target_group.app.name}',
      port: 3000,
      protocol: 'HTTP',
      healthCheck: { path: '/' },
    });
    expect(read({ arn: 'arn:app', name: 'app', protocol: 'HTTPS', protocol_version: 'HTTP1' })).toMatchObject({
      arn: 'arn:app',
      name: 'app',
      protocol: 'HTTPS',
    });
  });

  it('reads what is set for targets, as configuration and as plans write it', () => {
    const set = {
      health_check: [
        {
          enabled: true,
          path: '/health/ready',
          port: 'traffic-port',
          protocol: 'HTTP',
          interval: 10,
          timeout: '5',
          healthy_threshold: 3,
          unhealthy_threshold: 4,
          matcher: '200-299',
        },
      ],
      stickiness: { type: 'lb_cookie', enabled: true, cookie_duration: 60 },
      deregistration_delay: '30',
      load_balancing_algorithm_type: 'least_outstanding_requests',
    };
    expect(read(set)).toMatchObject({
      healthCheck: {
        path: '/health/ready',
        intervalSeconds: 10,
        timeoutSeconds: 5,
        healthyThreshold: 3,
        unhealthyThreshold: 4,
        matcher: '200-299',
      },
      stickinessSeconds: 60,
      deregistrationDelaySeconds: 30,
      algorithm: 'least_outstanding_requests',
    });
  });

  it('keeps clients with a target where that is on, by the cookie of the load balancer, for a day if nothing is said', () => {
    expect(read({ stickiness: { type: 'lb_cookie' } })).toHaveProperty('stickinessSeconds', 86_400);
    for (const off of [
      { type: 'lb_cookie', enabled: 'false' },
      { type: 'app_cookie', cookie_name: 'app' },
    ]) {
      expect(read({ stickiness: off })).not.toHaveProperty('stickinessSeconds');
    }
  });

  it.each(['HTTP2', 'GRPC'])('knows targets that speak %s', (version) => {
    expect(read({ protocol_version: version })).toHaveProperty('protocolVersion', version);
    expect(read({ protocol_version: 'HTTP1' })).not.toHaveProperty('protocolVersion');
  });

  it('knows functions, whose headers are single or lists, and which are checked where that is said', () => {
    const group = (body: object) =>
      readTargetGroup({
        type: 'aws_lb_target_group',
        address: 'aws_lb_target_group.fn',
        body: { target_type: 'lambda', ...body },
      });
    expect(group({ port: 80, vpc_id: 'vpc-1' })).toEqual({
      address: 'aws_lb_target_group.fn',
      arn: '${aws_lb_target_group.fn.arn}',
      name: '${aws_lb_target_group.fn.name}',
      lambda: { multiValueHeaders: false },
    });
    const attributes = { stickiness: { type: 'lb_cookie' }, deregistration_delay: 30 };
    expect(Object.keys(group(attributes))).toEqual(['address', 'arn', 'name', 'lambda']);
    expect(group({ lambda_multi_value_headers_enabled: 'true' }).lambda).toEqual({ multiValueHeaders: true });
    expect(group({ health_check: { path: '/up' } }).healthCheck).toEqual({ path: '/up' });
    expect(group({ health_check: { enabled: true, path: '/up' } }).healthCheck).toEqual({ path: '/up' });
    expect(group({ health_check: { enabled: false, path: '/up' } })).not.toHaveProperty('healthCheck');
  });

  it('leaves out what is a reference: it decides about no request', () => {
    const group = read({ deregistration_delay: '${var.delay}', health_check: { path: '${var.path}', matcher: '200' } });
    expect(group).not.toHaveProperty('deregistrationDelaySeconds');
    expect(group.healthCheck).toEqual({ matcher: '200' });
  });

  it.each([
    [{ port: 0 }, 'INVALID_FIELD'],
    [{ protocol: 'TCP' }, 'INVALID_FIELD'],
    [{ port: '${var.port}' }, 'UNRESOLVED_VALUE'],
    [{ protocol_version: 'HTTP3' }, 'INVALID_FIELD'],
    [{ protocol_version: '${var.version}' }, 'UNRESOLVED_VALUE'],
    [{ target_type: 'lambda', lambda_multi_value_headers_enabled: 'sometimes' }, 'INVALID_FIELD'],
    [{ target_type: 'lambda', functions: 1 }, 'UNKNOWN_FIELD'],
    [{ ports: 1 }, 'UNKNOWN_FIELD'],
    [{ health_check: { interval: 1 } }, 'INVALID_FIELD'],
    [{ health_check: { paths: '/' } }, 'UNKNOWN_FIELD'],
    [{ deregistration_delay: 'soon' }, 'INVALID_FIELD'],
  ])('refuses %j', (change, code) => {
    expect(thrown(() => read(change))).toMatchObject({ code, address: 'aws_lb_target_group.app' });
  });
});
