import { describe, expect, it } from '@jest/globals';

import { settingsOf } from './target-group-settings.ts';

const names = { address: 'aws_lb_target_group.fn', arn: 'arn:tg', name: 'fn' };

describe('settingsOf', () => {
  it("has AWS's defaults for a function's checks, which are others than a server's", () => {
    const { healthCheck } = settingsOf({
      ...names,
      lambda: { multiValueHeaders: false },
      healthCheck: { path: '/up' },
    });
    expect(healthCheck).toMatchObject({ path: '/up', intervalSeconds: 35, timeoutSeconds: 30, matcher: '200' });
    const server = settingsOf({ ...names, port: 80, protocol: 'HTTP' });
    expect(server.healthCheck).toMatchObject({ intervalSeconds: 30, timeoutSeconds: 5 });
  });

  it('lets nothing of a function finish that is deregistered', () => {
    expect(settingsOf({ ...names, lambda: { multiValueHeaders: false } }).deregistrationDelaySeconds).toBe(0);
    expect(settingsOf({ ...names, port: 80, protocol: 'HTTP' }).deregistrationDelaySeconds).toBe(300);
  });
});
