import { describe, expect, it } from '@jest/globals';

import { type Health, nextHealth } from './health-check.ts';
import { defaultHealthCheck, matchesStatus, settingsOf } from './target-group-settings.ts';

/** The states after each check. */
const states = (checks: string, thresholds = { healthyThreshold: 3, unhealthyThreshold: 2 }): readonly string[] => {
  let health: Health = { state: 'initial', against: 0 };
  return [...checks].map((check) => {
    health = nextHealth(health, check === '+', { ...defaultHealthCheck, ...thresholds });
    return health.state;
  });
};

describe('the health of a target', () => {
  it('begins with one good check, then follows the thresholds [A4.19 D]', () => {
    expect(states('+')).toEqual(['healthy']);
    expect(states('--')).toEqual(['initial', 'unhealthy']);
    expect(states('+-+-')).toEqual(['healthy', 'healthy', 'healthy', 'healthy']);
    expect(states('+--++-+++')).toEqual([
      'healthy',
      'healthy',
      'unhealthy',
      'unhealthy',
      'unhealthy',
      'unhealthy',
      'unhealthy',
      'unhealthy',
      'healthy',
    ]);
  });

  it('is checked by default as on AWS [A4.20 D]', () => {
    expect(settingsOf({ address: 'a', arn: 'a', name: 'a', port: 1, protocol: 'HTTP' })).toEqual({
      healthCheck: {
        path: '/',
        intervalSeconds: 30,
        timeoutSeconds: 5,
        healthyThreshold: 5,
        unhealthyThreshold: 2,
        matcher: '200',
      },
      deregistrationDelaySeconds: 300,
      algorithm: 'round_robin',
    });
  });

  it('is checked by default as on AWS where it speaks gRPC [A4.31 D]', () => {
    const group = { address: 'a', arn: 'a', name: 'a', port: 1, protocol: 'HTTP', protocolVersion: 'GRPC' } as const;
    expect(settingsOf(group).healthCheck).toEqual({
      ...defaultHealthCheck,
      path: '/AWS.ALB/healthcheck',
      matcher: '12',
    });
  });

  it.each([
    ['200', 200, true],
    ['200', 201, false],
    ['200,204', 204, true],
    ['200-299', 299, true],
    ['200-299', 300, false],
  ])('matches %s: %i', (matcher, status, expected) => {
    expect(matchesStatus(matcher, status)).toBe(expected);
  });
});
