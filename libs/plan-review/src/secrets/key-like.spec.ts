import { describe, expect, it } from '@jest/globals';
import { hideKeyLike } from './key-like.ts';

const hide = (text: string): string => hideKeyLike(text, () => '?');
/** Put together here, so that nobody who looks for keys in this repository finds one. */
const made = (...parts: readonly string[]): string => parts.join('');

describe('hideKeyLike', () => {
  it.each([
    [made('AKIA', 'IOSFODNN7EXAMPLE'), '?'],
    [`key ${made('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY')} end`, 'key ? end'],
    [made('eyJhbGciOiJub25lIn0', '.eyJzdWIiOiJ4In0xyz.sig'), '?'],
    [made('gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2'), '?'],
    [made('xox', 'b-', '1234567890-abcdef'), '?'],
    [made('sk_', 'live_', 'abcdefghij12345'), '?'],
    ['postgres://app:hunter2@db.example.com/x', 'postgres://app:?@db.example.com/x'],
    ['Authorization: Bearer abcdefghijkl.mno', 'Authorization: Bearer ?'],
    [made('a -----BEGIN RSA ', 'PRIVATE KEY-----\nabc\n-----END RSA ', 'PRIVATE KEY----- b'), 'a ? b'],
    [made('-----BEGIN ', 'PRIVATE KEY-----\nnever ended'), '?'],
    ['Zx9Kq2Lm7Pv4Rt8Wy1Bn6Cd3Fg5', '?'],
  ])('takes the key out of %j', (text, shown) => {
    expect(hide(text)).toBe(shown);
  });

  it.each([
    'ELBSecurityPolicy-TLS13-1-2-2021-06',
    `sha256:${'0123456789abcdef'.repeat(4)}`,
    'arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/gatehouse-prod/0123456789abcdef',
    'arn:aws:cognito-idp:eu-west-1:222222222222:userpool/eu-west-1_AbCdEfGhI',
    '123e4567-e89b-42d3-a456-426614174000',
    'https://app.example.com/oauth2/idpresponse',
    'aws_vpc_security_group_ingress_rule.alb_to_app',
    '${aws_lb_target_group.app.arn}',
    'The public keys of the load balancer and the user pool',
    'AmazonECSTaskExecutionRolePolicy',
  ])('leaves %j', (text) => {
    expect(hide(text)).toBe(text);
  });
});
