import { describe, expect, it } from '@jest/globals';
import { type Listener } from '@gatehouse/listener';
import { kindsOf } from '../testdata/change-of.ts';
import { sessionFindings } from './session-findings.ts';

const login = {
  type: 'authenticate-cognito',
  userPoolArn: 'a',
  userPoolClientId: 'b',
  userPoolDomain: 'c',
  sessionCookieName: 'AWSELBAuthSessionCookie',
  scope: 'openid',
  sessionTimeoutSeconds: 3600,
  onUnauthenticatedRequest: 'authenticate',
  authenticationRequestExtraParams: {},
} as const;
const listener = (session: Partial<typeof login> | object = {}, more: Partial<Listener> = {}): Listener => ({
  address: 'aws_lb_listener.https',
  arn: 'arn',
  port: 443,
  protocol: 'HTTPS',
  sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  certificates: [{ address: 'aws_lb_listener.https', arn: 'arn:a' }],
  rules: [
    { address: 'aws_lb_listener.https', priority: 'default', conditions: [], actions: [{ ...login, ...session }] },
  ],
  ...more,
});
const locate = (address: string) => ({ stack: 'alb', address });

describe('sessionFindings', () => {
  it.each<[string, Listener, readonly string[]]>([
    ['nothing', listener(), []],
    ['longer sessions', listener({ sessionTimeoutSeconds: 3601 }), ['look session-timeout']],
    ['shorter sessions', listener({ sessionTimeoutSeconds: 3599 }), ['note session-timeout']],
    ['another scope', listener({ scope: 'openid email' }), ['look scope']],
    ['another cookie', listener({ sessionCookieName: 'other' }), ['note session-cookie']],
    ['plain HTTP', listener({}, { protocol: 'HTTP' }), ['stop protocol']],
    ['another policy', listener({}, { sslPolicy: 'ELBSecurityPolicy-2016-08' }), ['look tls-policy']],
    ['a certificate less', listener({}, { certificates: [] }), ['note certificate']],
  ])('of %s', (_, after, expected) => {
    expect(kindsOf(sessionFindings(listener(), after, locate))).toEqual(expected);
  });

  it('of a listener that comes or goes is silent', () => {
    expect([sessionFindings(undefined, listener(), locate), sessionFindings(listener(), undefined, locate)]).toEqual([
      [],
      [],
    ]);
  });
});
