import { request as requestPlain } from 'node:http';
import { type Agent, request as requestTls } from 'node:https';

import { type HealthCheckSettings, matchesStatus } from './target-group-settings.ts';

/**
 * Asks a target whether it is well: past every rule and login, and not logged.
 * Source: target-group-health-checks.html; the agent and `Host` are documented there.
 */
export function checkHealth(target: URL, settings: HealthCheckSettings, tlsAgent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const options = {
      host: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      path: settings.path,
      headers: { Host: target.host, 'User-Agent': 'ELB-HealthChecker/2.0', Connection: 'close' },
      timeout: settings.timeoutSeconds * 1000,
    };
    const outgoing =
      target.protocol === 'https:'
        ? requestTls({ ...options, agent: tlsAgent })
        : requestPlain({ ...options, agent: false });
    // The option bounds silence; the check as a whole has no longer either.
    const timer = setTimeout(() => outgoing.destroy(), settings.timeoutSeconds * 1000);
    const done = (healthy: boolean): void => {
      clearTimeout(timer);
      resolve(healthy);
    };
    outgoing.on('response', (incoming) => {
      incoming.resume();
      incoming.on('error', () => undefined);
      done(matchesStatus(settings.matcher, incoming.statusCode ?? 0));
      outgoing.destroy();
    });
    outgoing.on('error', () => done(false));
    outgoing.on('close', () => done(false));
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.end();
  });
}

/** What a target's checks have shown so far. */
export interface Health {
  readonly state: 'initial' | 'healthy' | 'unhealthy';
  /** Checks in a row that say otherwise. */
  readonly against: number;
}

/** One good check makes a new target healthy; after that the thresholds count. */
export function nextHealth(health: Health, passed: boolean, settings: HealthCheckSettings): Health {
  if (health.state === 'initial' && passed) return { state: 'healthy', against: 0 };
  const confirms = passed ? health.state === 'healthy' : health.state === 'unhealthy';
  if (confirms) return { ...health, against: 0 };
  const against = health.against + 1;
  const threshold = passed ? settings.healthyThreshold : settings.unhealthyThreshold;
  if (against < threshold) return { ...health, against };
  return { state: passed ? 'healthy' : 'unhealthy', against: 0 };
}
