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
    });
    expect(read({ arn: 'arn:app', name: 'app', protocol: 'HTTPS', protocol_version: 'HTTP1' })).toMatchObject({
      arn: 'arn:app',
      name: 'app',
      protocol: 'HTTPS',
    });
  });

  it.each([
    [{ port: 0 }, 'INVALID_FIELD'],
    [{ protocol: 'TCP' }, 'INVALID_FIELD'],
    [{ port: '${var.port}' }, 'UNRESOLVED_VALUE'],
    [{ protocol_version: 'GRPC' }, 'UNSUPPORTED_FEATURE'],
    [{ target_type: 'lambda', port: undefined, protocol: undefined }, 'UNSUPPORTED_FEATURE'],
    [{ ports: 1 }, 'UNKNOWN_FIELD'],
  ])('refuses %j', (change, code) => {
    expect(thrown(() => read(change))).toMatchObject({ code, address: 'aws_lb_target_group.app' });
  });
});
